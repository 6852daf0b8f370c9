//! Where a listener sends connections: to one target group, or to several by weight.

use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// The target groups of a listener with their weights, the first of them first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// ARN and weight.
    pub target_groups: Vec<(String, i64)>,
}

impl Forward {
    /// Reads the default action of a call; none if it has none.
    pub fn read(account: &Account, parameters: &Parameters) -> Outcome<Option<Self>> {
        let actions = parameters.items("DefaultActions");
        let Some(action) = actions.first() else { return Ok(None) };
        if action.get("Type") != Some("forward") {
            return Err(Failure::validation(
                "The default action of a network load balancer has to be forward",
            ));
        }
        let weighted = action.structure("ForwardConfig").items("TargetGroups");
        let weighted = weighted.iter().map(|tuple| {
            Ok((tuple.required("TargetGroupArn")?.to_owned(), tuple.number("Weight")?.unwrap_or(1)))
        });
        let mut target_groups = weighted.collect::<Outcome<Vec<_>>>()?;
        if target_groups.is_empty() {
            target_groups.push((action.required("TargetGroupArn")?.to_owned(), 1));
        }
        if let Some((unknown, _)) =
            target_groups.iter().find(|(arn, _)| !account.target_groups.contains_key(arn))
        {
            let message = format!("Target groups '{unknown}' not found");
            return Err(Failure::new("TargetGroupNotFound", message));
        }
        Ok(Some(Self { target_groups }))
    }

    /// Returns it as calls show it. `TargetGroupArn` is there only with a single target group.
    pub fn member(&self) -> Element {
        let tuples = self
            .target_groups
            .iter()
            .map(|(arn, weight)| Element::new("member").text("TargetGroupArn", arn).text("Weight", weight));
        let single = match &self.target_groups[..] {
            [(arn, _)] => Some(arn),
            _ => None,
        };
        let config = Element::new("ForwardConfig").list("TargetGroups", "member", tuples);
        Element::new("member").text("Type", "forward").maybe("TargetGroupArn", single).child(config)
    }

    /// Whether it names a target group.
    pub fn names(&self, arn: &str) -> bool {
        self.target_groups.iter().any(|(other, _)| other == arn)
    }
}
