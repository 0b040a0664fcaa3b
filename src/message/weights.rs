//! What signs weigh, in hundredths of what is enough for a caution.

use super::signal::{Group, Signal};
use super::standing::Standing;

/// Each sign by itself, in the order of [`Signal::ALL`].
pub const SIGNALS: [i64; Signal::ALL.len()] = [
    28,  // age-probing
    65,  // supervision-probing
    42,  // secrecy
    52,  // isolation
    28,  // flattery
    36,  // gift
    33,  // move-elsewhere
    43,  // picture-request
    60,  // intimate-picture
    71,  // camera-request
    48,  // sexual-talk
    63,  // location-probing
    35,  // meeting
    55,  // job-offer
    33,  // impersonation
    78,  // threat-to-share
    38,  // audience-leverage
    58,  // ruin-framing
    46,  // payment-demand
    18,  // deadline
    51,  // anti-escape
    68,  // obedience-demand
    46,  // lure
    53,  // pressure
    60,  // credentials
    101, // device-claim
    44,  // age-slip
    43,  // distress
    0,   // gives-number
    0,   // gives-address
    0,   // gives-school
    0,   // gives-place
    -15, // topic
    -15, // adult-present
    -15, // playful
];

/// Groups that occur together.
pub const PAIRS: [(Group, Group, i64); 21] = [
    (Group::Probe, Group::Hide, 18),
    (Group::Probe, Group::Charm, 10),
    (Group::Probe, Group::Ask, 14),
    (Group::Probe, Group::Pose, 10),
    (Group::Probe, Group::Threat, 5),
    (Group::Probe, Group::Demand, 5),
    (Group::Hide, Group::Charm, 14),
    (Group::Hide, Group::Ask, 40),
    (Group::Hide, Group::Pose, 16),
    (Group::Hide, Group::Threat, 10),
    (Group::Hide, Group::Demand, 14),
    (Group::Charm, Group::Ask, 35),
    (Group::Charm, Group::Pose, 19),
    (Group::Charm, Group::Threat, 9),
    (Group::Charm, Group::Demand, 14),
    (Group::Ask, Group::Pose, 21),
    (Group::Ask, Group::Threat, 18),
    (Group::Ask, Group::Demand, 18),
    (Group::Pose, Group::Threat, 14),
    (Group::Pose, Group::Demand, 18),
    (Group::Threat, Group::Demand, 33),
];

/// Who the other side is, once there is any sign at all, in the order of [`Standing::ALL`].
pub const STANDINGS: [i64; Standing::ALL.len()] = [0, 0, 8, -6, 8, -10];
