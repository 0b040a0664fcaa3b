//! [`Contacts`]: everything about contacts behind one façade, which bindings call.

use std::collections::BTreeMap;

use super::batch::{Audited, Suggested, audit_connections, filter_suggestions};
use super::decide::{Answer, decide};
use super::facts::{ContactError, Facts, GuardianDecision};
use super::rules::Rules;
use crate::policy::profile::{Finding, Profile};
use crate::policy::{AgeBand, Policy, PolicyError};

/// Decides about contacts with one policy, the profiles over it, and what a guardian has decided.
#[derive(Clone, Debug)]
pub struct Contacts {
    policy: Policy,
    profiles: Vec<Profile>,
    rules: Rules,
    guardian: BTreeMap<String, GuardianDecision>,
}

impl Contacts {
    /// With a policy and the profiles that lie over it. Without a policy, the presets: the facts say whose.
    ///
    /// # Errors
    /// [`PolicyError`] if a profile is there twice, or asks for what this policy cannot say.
    pub fn new(policy: Option<&Policy>, profiles: Vec<Profile>) -> Result<Self, PolicyError> {
        if (0..profiles.len()).any(|i| profiles[..i].iter().any(|other| other.id == profiles[i].id)) {
            return Err(PolicyError::Profile);
        }
        let rules = policy.map_or_else(Rules::defaults, Rules::of_policy)?;
        let base = policy.map_or_else(|| Policy::preset(AgeBand::default()), |policy| Ok(policy.clone()))?;
        let policy = profiles.iter().try_fold(base, |policy, profile| profile.apply(&policy))?;
        let rules = profiles.iter().fold(rules, Rules::under);
        Ok(Self { policy, profiles, rules, guardian: BTreeMap::new() })
    }

    /// What a guardian has decided, by the caller's names for contacts. It takes the place of what was there.
    pub fn set_guardian(&mut self, decisions: BTreeMap<String, GuardianDecision>) {
        self.guardian = decisions;
    }

    /// The policy in force, the profiles' settings included; without one, that of the youngest.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The rules in force.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Facts with what the guardian has decided; the stricter one where both say something.
    #[must_use]
    pub fn with_guardian(&self, mut facts: Facts) -> Facts {
        let decided = facts.id.as_ref().and_then(|id| self.guardian.get(id));
        if let (Some(decided), None | Some(GuardianDecision::Approved)) = (decided, facts.history.guardian) {
            facts.history.guardian = Some(*decided);
        }
        facts
    }

    /// Decides about a contact.
    ///
    /// # Errors
    /// [`ContactError`] for facts that cannot be; then nothing is allowed.
    pub fn decide<'a>(&'a self, facts: &'a Facts) -> Result<Answer<'a>, ContactError> {
        decide(facts, &self.rules)
    }

    /// [`filter_suggestions`] with these rules.
    ///
    /// # Errors
    /// As that.
    pub fn filter_suggestions(
        &self,
        facts: Vec<Result<Facts, ContactError>>,
    ) -> Result<Vec<Suggested>, ContactError> {
        filter_suggestions(self.all_with_guardian(facts), &self.rules)
    }

    /// [`audit_connections`] with these rules.
    ///
    /// # Errors
    /// As that.
    pub fn audit_connections(
        &self,
        facts: Vec<Result<Facts, ContactError>>,
    ) -> Result<Vec<Audited>, ContactError> {
        audit_connections(self.all_with_guardian(facts), &self.rules)
    }

    /// What to tell the user at a moment, in codes.
    pub fn tell(&self, moment: &str) -> Vec<&str> {
        self.rules.tell(self.policy.age_band, moment)
    }

    /// What each profile finds in a policy by itself, by the profile's name.
    ///
    /// # Errors
    /// As [`Profile::audit`].
    pub fn audit_policy(&self, policy: &Policy) -> Result<BTreeMap<&str, Vec<Finding>>, PolicyError> {
        self.profiles.iter().map(|profile| Ok((profile.id.as_str(), profile.audit(policy)?))).collect()
    }

    fn all_with_guardian(&self, facts: Vec<Result<Facts, ContactError>>) -> Vec<Result<Facts, ContactError>> {
        facts.into_iter().map(|facts| facts.map(|facts| self.with_guardian(facts))).collect()
    }
}
