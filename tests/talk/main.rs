//! Conversations that others wrote, turn by turn: how many risky ones are noticed in time, how many harmless ones are not
//! left alone, and what disguises change. The data lies beside the project and is not part of it.

mod chat;
mod data;
mod disguise;
mod invented;
