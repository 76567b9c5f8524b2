//! moto and ministack come up and say who is asking, as boto3 asks them.

use sidelight_tests::Outcome;
use sidelight_tests::emulators::{Emulator, MINISTACK_ACCOUNT, run_python};

const WHO_AM_I: &str = "
import sys, boto3
endpoint, key = sys.argv[1:]
sts = boto3.client('sts', endpoint_url=endpoint, region_name='us-east-1',
                   aws_access_key_id=key, aws_secret_access_key='test')
print(sts.get_caller_identity()['Account'])
";

fn who_am_i(emulator: &Emulator, access_key_id: &str) -> Outcome<String> {
    Ok(run_python(WHO_AM_I, &[emulator.url(), access_key_id])?.trim().to_owned())
}

#[test]
fn moto_comes_up_and_answers() -> Outcome {
    let moto = Emulator::moto()?;
    assert_eq!(who_am_i(&moto, "AKIAIOSFODNN7EXAMPLE")?, "123456789012");
    Ok(())
}

#[test]
fn ministack_comes_up_and_knows_its_root() -> Outcome {
    let ministack = Emulator::ministack()?;
    assert_eq!(who_am_i(&ministack, MINISTACK_ACCOUNT)?, MINISTACK_ACCOUNT);
    Ok(())
}

#[test]
fn two_emulators_live_side_by_side() -> Outcome {
    let (one, other) = (Emulator::moto()?, Emulator::moto()?);
    assert_ne!(one.url(), other.url());
    Ok(())
}
