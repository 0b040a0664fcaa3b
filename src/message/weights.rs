//! What signs weigh, in hundredths of what is enough for a caution.

use super::signal::{Group, Signal};
use super::standing::Standing;

/// Each sign by itself, in the order of [`Signal::ALL`].
pub const SIGNALS: [i64; Signal::ALL.len()] = [
    29, // age-probing
    69, // supervision-probing
    34, // secrecy
    47, // isolation
    25, // flattery
    37, // gift
    29, // move-elsewhere
    40, // picture-request
    60, // intimate-picture
    69, // camera-request
    45, // sexual-talk
    62, // location-probing
    36, // meeting
    52, // job-offer
    27, // impersonation
    77, // threat-to-share
    40, // audience-leverage
    47, // ruin-framing
    38, // payment-demand
    15, // deadline
    42, // anti-escape
    62, // obedience-demand
    45, // lure
    51, // pressure
    60, // credentials
    79, // device-claim
    40, // age-slip
    43, // distress
    0, // gives-number
    0, // gives-address
    0, // gives-school
    0, // gives-place
    -15, // topic
    -15, // adult-present
    -15, // playful
];

/// Groups that occur together.
pub const PAIRS: [(Group, Group, i64); 21] = [
    (Group::Probe, Group::Hide, 15),
    (Group::Probe, Group::Charm, 8),
    (Group::Probe, Group::Ask, 12),
    (Group::Probe, Group::Pose, 20),
    (Group::Probe, Group::Threat, 4),
    (Group::Probe, Group::Demand, 4),
    (Group::Hide, Group::Charm, 20),
    (Group::Hide, Group::Ask, 43),
    (Group::Hide, Group::Pose, 13),
    (Group::Hide, Group::Threat, 8),
    (Group::Hide, Group::Demand, 12),
    (Group::Charm, Group::Ask, 27),
    (Group::Charm, Group::Pose, 11),
    (Group::Charm, Group::Threat, 8),
    (Group::Charm, Group::Demand, 8),
    (Group::Ask, Group::Pose, 17),
    (Group::Ask, Group::Threat, 15),
    (Group::Ask, Group::Demand, 15),
    (Group::Pose, Group::Threat, 13),
    (Group::Pose, Group::Demand, 18),
    (Group::Threat, Group::Demand, 27),
];

/// What stood in one message, beyond the first group.
pub const DENSITY: i64 = 0;

/// Who the other side is, once there is any sign at all, in the order of [`Standing::ALL`].
pub const STANDINGS: [i64; Standing::ALL.len()] = [0, 0, 8, -3, 8, 0];
