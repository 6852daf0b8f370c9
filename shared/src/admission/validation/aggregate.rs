//! Several of the server's complaints as one.

/// One complaint as it is, several in brackets, each once (`NewAggregate` in apimachinery); `None` for none.
pub fn aggregate(complaints: Vec<String>) -> Option<String> {
    let mut distinct: Vec<String> = Vec::new();
    for complaint in complaints {
        if !distinct.contains(&complaint) {
            distinct.push(complaint);
        }
    }
    match distinct.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(format!("[{}]", several.join(", "))),
    }
}
