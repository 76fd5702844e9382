//! A rule that judges temperatures. It needs nothing of its host.

#[witwright::guest]
mod bindings {}

use bindings::Guest;

struct TooHot;

impl Guest for TooHot {
    fn judge(celsius: f32) -> Option<String> {
        match celsius {
            ..30.0 => None,
            30.0..45.0 => Some(format!("{celsius} °C is warm")),
            _ => Some(format!("{celsius} °C: switch it off")),
        }
    }
}

bindings::export!(TooHot with_types_in bindings);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_too_hot() {
        assert_eq!(TooHot::judge(29.9), None);
        assert_eq!(TooHot::judge(30.0).as_deref(), Some("30 °C is warm"));
        assert_eq!(TooHot::judge(f32::NAN).as_deref(), Some("NaN °C: switch it off"));
    }
}
