//! The bytes of an answer, cut or held where a test asked for it.
//! It is not a brake: nothing here depends on time. It grows with a way in which a transfer can go wrong.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream;

use crate::memory::World;

enum Step {
    Start(Bytes),
    Cut,
    Hold(Bytes),
    End,
}

/// A body of these bytes under the faults in force.
pub(super) fn with_faults(world: Arc<World>, bytes: Bytes) -> Body {
    let (cut, hold) = {
        let memory = world.memory();
        (memory.faults.s3_cut_after, memory.faults.s3_hold_after)
    };
    let length = bytes.len() as u64;
    let Some(stop) = cut.or(hold).filter(|stop| *stop < length) else {
        return Body::from(bytes);
    };
    let (mut first, mut rest) = (bytes.clone(), bytes);
    first.truncate(stop as usize);
    rest = rest.slice(stop as usize..);
    let after = if cut.is_some() { Step::Cut } else { Step::Hold(rest) };
    let state = (world, Step::Start(first), after);
    Body::from_stream(stream::unfold(state, |(world, step, after)| async move {
        match step {
            Step::Start(bytes) => Some((Ok(bytes), (world, after, Step::End))),
            Step::Cut => {
                // Once not ready, so that what was sent before is on its way.
                tokio::task::yield_now().await;
                Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), (world, Step::End, Step::End)))
            }
            Step::Hold(rest) => {
                released(&world).await;
                Some((Ok(rest), (world, Step::End, Step::End)))
            }
            Step::End => None,
        }
    }))
}

async fn released(world: &World) {
    let mut changes = world.faults_changed.subscribe();
    while world.memory().faults.s3_hold_after.is_some() {
        if changes.changed().await.is_err() {
            return;
        }
    }
}
