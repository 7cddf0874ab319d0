//! Many snippets by one command.

use std::fs;

use serde_json::Value;

use crate::tiny::Tiny;

/// Runs each snippet of the list; one that says so ends the driver.
const DRIVER: &str = r#"
[run.workspace]
files = { "driver.sh" = '''
while IFS='	' read -r folder file origin; do
  cd "$folder" || exit 1
  if grep -q end-the-driver "$file"; then exit 9; fi
  sh "$file" > stdout 2> stderr
  echo $? > exit
done < "$1"
''' }

[run.batch]
size = 4
command = ["sh", "{workspace}/driver.sh", "{list}"]
"#;

/// Verifies ten messages; gives verdict and first fault of each.
fn verify_ten(tiny: &Tiny, hostile: &str) -> Vec<(String, Option<String>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = tiny.command(folder.path());
    for number in 0..10 {
        let value = if number == 6 { hostile } else { "plain" };
        let message = format!("GET /{number} HTTP/1.1\r\nHost: a\r\nX-Value: {value}\r\n\r\n");
        let path = folder.path().join(format!("{number}.http"));
        fs::write(&path, message).unwrap();
        command.arg(path);
    }
    let output = command.arg("--json").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut results: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // Each comes as soon as it ended.
    results.sort_by_key(|result| result["file"].as_str().map(str::to_owned));
    let word = |value: &Value| value.as_str().map(str::to_owned);
    results
        .iter()
        .filter(|result| {
            result["file"].as_str().is_some_and(|file| !file.ends_with("message.http"))
        })
        .map(|result| (word(&result["verdict"]).unwrap(), word(&result["faults"][0]["code"])))
        .collect()
}

fn batched() -> Tiny {
    let tiny = Tiny::honest();
    let (language, client) = tiny.language.split_once("[client.client]").unwrap();
    let language = format!("{language}{DRIVER}[client.client]{client}");
    Tiny { language, ..tiny }
}

#[test]
fn all_of_a_batch_are_judged_on_their_own() {
    let verdicts = verify_ten(&batched(), "plain");
    assert_eq!(verdicts, vec![("passed".to_owned(), None); 10]);
}

#[test]
fn one_that_ends_the_driver_does_not_speak_for_the_others() {
    let only_batch = batched().with_language("command = [\"sh\", \"{file}\"]", "");
    let verdicts = verify_ten(&only_batch, "end-the-driver");
    for (number, verdict) in verdicts.iter().enumerate() {
        let expected = match number {
            6 => ("failed".to_owned(), Some("no-exit".to_owned())),
            _ => ("passed".to_owned(), None),
        };
        assert_eq!(*verdict, expected, "message {number}");
    }
}

#[test]
fn one_that_does_not_build_does_not_speak_for_the_others() {
    let build = "build = [[\"sh\", \"-c\", \"! grep -q no-build */main.sh\"]]\n";
    let tiny = batched().with_language("size = 4\n", &format!("size = 4\n{build}"));
    let tiny = tiny.with_language("command = [\"sh\", \"{file}\"]", "");
    let verdicts = verify_ten(&tiny, "no-build");
    assert_eq!(verdicts[6], ("failed".to_owned(), Some("build".to_owned())));
    assert_eq!(verdicts.iter().filter(|(verdict, _)| verdict == "passed").count(), 9);
}
