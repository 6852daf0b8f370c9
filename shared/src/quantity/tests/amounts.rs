//! The seam between 128 bits and more.

use std::cmp::Ordering;

use super::super::amount::{Amount, ten_to};

#[test]
fn is_small_again_as_soon_as_it_fits() {
    let edge = Amount::Small(i128::MAX);
    let beyond = edge.plus(&Amount::Small(1));
    assert!(matches!(beyond, Amount::Large(_)));
    assert_eq!(beyond.to_string(), "170141183460469231731687303715884105728");
    assert_eq!(beyond.minus(&Amount::Small(1)), edge);
    assert_eq!(Amount::Small(i128::MIN).negated(), beyond);
    assert_eq!(beyond.negated(), Amount::Small(i128::MIN));
    assert_eq!(Amount::from_digits("170141183460469231731687303715884105728"), beyond);
    assert_eq!(Amount::from_digits("00170141183460469231731687303715884105727"), edge);
}

#[test]
fn divides_across_the_seam() {
    let (quotient, remainder) = Amount::Small(i128::MIN).divided_by(&Amount::Small(-1));
    assert_eq!(quotient.to_string(), "170141183460469231731687303715884105728");
    assert!(remainder.is_zero());
    let large = ten_to(40).plus(&Amount::Small(7));
    assert_eq!(large.divided_by(&ten_to(39)), (Amount::Small(10), Amount::Small(7)));
    assert_eq!(large.negated().divided_by(&ten_to(39)), (Amount::Small(-10), Amount::Small(-7)));
    assert_eq!(large.divided_away_from_zero(&ten_to(39)), Amount::Small(11));
    assert_eq!(large.negated().divided_away_from_zero(&ten_to(39)), Amount::Small(-11));
    assert_eq!(ten_to(40).divided_away_from_zero(&ten_to(39)), Amount::Small(10));
    assert_eq!(Amount::Small(7).divided_by(&ten_to(40)), (Amount::ZERO, Amount::Small(7)));
}

#[test]
fn takes_out_factors_of_1024() {
    let power =
        |times: u32| Amount::Small(3).times(&Amount::from(num_bigint::BigInt::from(1) << (10 * times)));
    assert_eq!(power(6).without_factors_of_1024(), (Amount::Small(3), 6));
    assert_eq!(power(20).without_factors_of_1024(), (Amount::Small(3), 20));
    assert_eq!(power(20).negated().without_factors_of_1024(), (Amount::Small(-3), 20));
    assert_eq!(Amount::Small(-2048).without_factors_of_1024(), (Amount::Small(-2), 1));
    assert_eq!(Amount::Small(512).without_factors_of_1024(), (Amount::Small(512), 0));
}

#[test]
fn orders_across_the_seam() {
    let rising = [
        ten_to(40).negated(),
        ten_to(39).negated(),
        Amount::Small(i128::MIN),
        Amount::ZERO,
        ten_to(38),
        ten_to(39),
    ];
    for (index, left) in rising.iter().enumerate() {
        for (other, right) in rising.iter().enumerate() {
            assert_eq!(left.cmp(right), index.cmp(&other));
        }
    }
    assert_eq!(ten_to(50).sign(), Ordering::Greater);
    assert_eq!(ten_to(50).negated().sign(), Ordering::Less);
    assert_eq!(ten_to(50).to_i64(), None);
}
