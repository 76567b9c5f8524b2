//! The clock: AWS refuses requests from a machine whose clock is more than five minutes off.

use jiff::SignedDuration;

use super::Check;
use super::network::Host;

const NAME: &str = "clock";

/// What AWS takes. Source: IAM user guide, "Elements of an AWS API request signature".
const REFUSED: SignedDuration = SignedDuration::from_mins(5);

/// An answer is dated in whole seconds, and took its time.
const NOTICED: SignedDuration = SignedDuration::from_secs(60);

/// How far it is off, by what the hosts said.
pub fn check(hosts: &[Host]) -> Check {
    let off = hosts.iter().filter_map(|host| Some((host, host.answered.as_ref().ok()?.clock_is_ahead?)));
    let Some((host, ahead)) = off.min_by_key(|(_, ahead)| ahead.abs()) else {
        return Check::warning(NAME, "No host told the time", "Mend the network first");
    };
    let by = ahead.abs();
    let found = match (by > NOTICED, ahead.is_positive()) {
        (false, _) => return Check::ok(NAME, format!("As at {}", host.name)),
        (true, true) => format!("{} s ahead of {}", by.as_secs(), host.name),
        (true, false) => format!("{} s behind {}", by.as_secs(), host.name),
    };
    let remedy = "Turn on time synchronisation (timedatectl set-ntp true)";
    if by >= REFUSED { Check::problem(NAME, found, remedy) } else { Check::warning(NAME, found, remedy) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;
    use crate::doctor::network::HostAnswer;

    fn verdict(ahead: &[i64]) -> Verdict {
        let host = |ahead: &i64| Host {
            name: "sts.example".to_owned(),
            answered: Ok(HostAnswer { clock_is_ahead: Some(SignedDuration::from_secs(*ahead)) }),
        };
        check(&ahead.iter().map(host).collect::<Vec<_>>()).verdict
    }

    #[test]
    fn a_minute_is_nothing_and_five_are_too_many_for_aws() {
        assert_eq!(verdict(&[-59]), Verdict::Ok);
        assert_eq!(verdict(&[61]), Verdict::Warning);
        assert_eq!(verdict(&[-300]), Verdict::Problem);
    }

    #[test]
    fn one_host_with_a_wrong_clock_is_not_this_machines_fault() {
        assert_eq!(verdict(&[4_000, 1]), Verdict::Ok);
        assert_eq!(verdict(&[]), Verdict::Warning);
    }
}
