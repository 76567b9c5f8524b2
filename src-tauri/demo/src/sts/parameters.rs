//! Parameters of an STS call and the checks AWS makes on each, with its words.
//! It is not the rules between parameters. It grows with a parameter of another shape.

use std::collections::HashMap;

use serde_json::Value;

use super::error::StsError;

/// Of an inline session policy, in characters. AWS: STS API reference, AssumeRole.
const LONGEST_POLICY: usize = 2048;

/// Managed session policies of one call. AWS: as above.
const MOST_POLICIES: usize = 10;

/// The decoded form of one call.
pub(super) struct Parameters(pub HashMap<String, String>);

impl Parameters {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A parameter that must be there.
    pub(super) fn required(&self, parameter: &str) -> Result<&str, StsError> {
        self.text(parameter).ok_or_else(|| constraint("null", parameter, "Member must not be null"))
    }

    /// A required ARN; whose it is, and of what, is for others to say.
    pub(super) fn arn(&self, parameter: &str) -> Result<&str, StsError> {
        let value = self.required(parameter)?;
        if value.starts_with("arn:") { Ok(value) } else { Err(StsError::Validation(format!("{value} is invalid"))) }
    }

    /// What stands at `list.member.N` with this ending, from the first one on.
    pub(super) fn members(&self, list: &str, ending: &str) -> impl Iterator<Item = &str> {
        (1..).map_while(move |number| self.text(&format!("{list}.member.{number}{ending}")))
    }

    /// A required name made of `[\w+=,.@-]` within the lengths given.
    pub(super) fn name(&self, parameter: &str, longest: usize) -> Result<&str, StsError> {
        let value = self.required(parameter)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
        if !value.chars().all(allowed) {
            return Err(constraint(value, parameter, r"Member must satisfy regular expression pattern: [\w+=,.@-]*"));
        }
        if value.len() < 2 {
            return Err(constraint(value, parameter, "Member must have length greater than or equal to 2"));
        }
        if value.len() > longest {
            let rule = format!("Member must have length less than or equal to {longest}");
            return Err(constraint(value, parameter, &rule));
        }
        Ok(value)
    }

    /// `DurationSeconds`, or `default` when absent.
    pub(super) fn duration(&self, default: u32, longest: u32) -> Result<u32, StsError> {
        const SHORTEST: u32 = 900;
        let Some(text) = self.text("DurationSeconds") else {
            return Ok(default);
        };
        let value: u32 = text.parse().map_err(|_| StsError::Malformed)?;
        if value < SHORTEST {
            return Err(constraint(text, "durationSeconds", "Member must have value greater than or equal to 900"));
        }
        if value > longest {
            let rule = format!("Member must have value less than or equal to {longest}");
            return Err(constraint(text, "durationSeconds", &rule));
        }
        Ok(value)
    }

    /// The session policies given, whatever their form. What a statement allows is not looked into.
    pub(super) fn policies(&self) -> Result<Vec<String>, StsError> {
        let inline = self.text("Policy").map(str::to_owned);
        if let Some(policy) = &inline {
            if policy.len() > LONGEST_POLICY {
                return Err(constraint(policy, "Policy", "Member must have length less than or equal to 2048"));
            }
            let policy: Value = serde_json::from_str(policy).map_err(|_| StsError::PolicyIsNoJson)?;
            if !(policy["Statement"].is_array() || policy["Statement"].is_object()) {
                return Err(StsError::PolicySyntax);
            }
        }
        let named: Vec<String> = self.members("PolicyArns", ".arn").map(str::to_owned).collect();
        if named.len() > MOST_POLICIES {
            let shown = format!("[{}]", named.join(", "));
            return Err(constraint(&shown, "PolicyArns", "Member must have length less than or equal to 10"));
        }
        Ok(inline.into_iter().chain(named).collect())
    }
}

/// The refusal of one parameter, in AWS's words.
pub(super) fn constraint(value: &str, parameter: &str, rule: &str) -> StsError {
    let mut name = parameter.to_owned();
    name[..1].make_ascii_lowercase();
    let shown = if value == "null" { value.to_owned() } else { format!("'{value}'") };
    StsError::Validation(format!(
        "1 validation error detected: Value {shown} at '{name}' failed to satisfy constraint: {rule}"
    ))
}
