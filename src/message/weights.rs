//! What signs weigh, in hundredths of what is enough for a caution.

use super::signal::{Group, Signal};
use super::standing::Standing;

/// Each sign by itself, in the order of [`Signal::ALL`].
pub const SIGNALS: [i64; Signal::ALL.len()] = [
    29,  // age-probing
    47,  // supervision-probing
    52,  // secrecy
    47,  // isolation
    29,  // flattery
    41,  // gift
    41,  // move-elsewhere
    47,  // picture-request
    60,  // intimate-picture
    52,  // camera-request
    52,  // sexual-talk
    47,  // location-probing
    44,  // meeting
    35,  // job-offer
    41,  // impersonation
    76,  // threat-to-share
    47,  // audience-leverage
    73,  // ruin-framing
    58,  // payment-demand
    23,  // deadline
    64,  // anti-escape
    58,  // obedience-demand
    35,  // lure
    52,  // pressure
    70,  // credentials
    102, // device-claim
    35,  // age-slip
    23,  // distress
    0,   // gives-number
    0,   // gives-address
    0,   // gives-school
    0,   // gives-place
    -12, // topic
    -8,  // adult-present
    -5,  // playful
];

/// Groups that occur together.
pub const PAIRS: [(Group, Group, i64); 21] = [
    (Group::Probe, Group::Hide, 23),
    (Group::Probe, Group::Charm, 12),
    (Group::Probe, Group::Ask, 18),
    (Group::Probe, Group::Pose, 12),
    (Group::Probe, Group::Threat, 6),
    (Group::Probe, Group::Demand, 6),
    (Group::Hide, Group::Charm, 18),
    (Group::Hide, Group::Ask, 29),
    (Group::Hide, Group::Pose, 20),
    (Group::Hide, Group::Threat, 12),
    (Group::Hide, Group::Demand, 18),
    (Group::Charm, Group::Ask, 18),
    (Group::Charm, Group::Pose, 12),
    (Group::Charm, Group::Threat, 9),
    (Group::Charm, Group::Demand, 12),
    (Group::Ask, Group::Pose, 26),
    (Group::Ask, Group::Threat, 23),
    (Group::Ask, Group::Demand, 23),
    (Group::Pose, Group::Threat, 18),
    (Group::Pose, Group::Demand, 23),
    (Group::Threat, Group::Demand, 41),
];

/// What stood in one message, beyond the first group.
pub const DENSITY: i64 = 15;

/// Who the other side is, once there is any sign at all, in the order of [`Standing::ALL`].
pub const STANDINGS: [i64; Standing::ALL.len()] = [0, 5, 0, -5, 0, -10];
