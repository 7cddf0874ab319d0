use std::io::{Read, Write};

use super::*;

fn connect(capture: &Capture) -> TcpStream {
    TcpStream::connect((Ipv4Addr::LOCALHOST, capture.port())).expect("the port is open")
}

fn send(capture: &Capture, bytes: &[u8]) -> String {
    let mut stream = connect(capture);
    stream.write_all(bytes).expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers and ends");
    answer
}

#[test]
fn the_exact_bytes_are_kept() {
    let capture = Capture::open(Answer::Text).unwrap();
    let request = b"put /a%2Fb?q=\xe9 HTTP/1.1\r\nhOST:x\r\nContent-Length: 4\r\n\r\n\0\xff\r\n";
    let answer = send(&capture, request);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("ok\n"), "{answer}");
    let arrivals = capture.close().arrivals;
    assert_eq!(arrivals, [Arrival { bytes: request.to_vec(), surplus: Vec::new(), broken: None }]);
}

#[test]
fn head_is_answered_without_content() {
    let capture = Capture::open(Answer::Text).unwrap();
    let answer = send(&capture, b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(answer.ends_with("Content-Length: 3\r\n\r\n"), "{answer}");
    assert_eq!(capture.close().arrivals.len(), 1);
}

#[test]
fn a_client_that_expects_100_continue_gets_it() {
    let capture = Capture::open(Answer::Text).unwrap();
    let mut stream = connect(&capture);
    let head = b"PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    stream.write_all(head).unwrap();
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"ab").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(capture.close().arrivals[0].bytes.ends_with(b"\r\n\r\nab"));
}

#[test]
fn a_slow_client_is_waited_for() {
    let capture = Capture::open(Answer::Text).unwrap();
    let mut stream = connect(&capture);
    for byte in b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" {
        stream.write_all(&[*byte]).unwrap();
        thread::sleep(Duration::from_millis(1));
    }
    drop(stream);
    let arrivals = capture.close().arrivals;
    assert_eq!(arrivals.len(), 1);
    assert_eq!(arrivals[0].broken, None);
}

#[test]
fn a_client_that_leaves_at_once_was_still_heard() {
    for _ in 0..50 {
        let capture = Capture::open(Answer::Text).unwrap();
        connect(&capture).write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert_eq!(capture.close().arrivals.len(), 1);
    }
}

#[test]
fn broken_requests_are_captured_as_such() {
    let capture = Capture::open(Answer::Text).unwrap();
    let mut stream = connect(&capture);
    stream.write_all(b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc").unwrap();
    drop(stream);
    let arrivals = capture.close().arrivals;
    assert_eq!(arrivals[0].broken, Some(Broken::BodyCut { announced: Some(9), arrived: 3 }));
    assert!(arrivals[0].bytes.ends_with(b"abc"));
}

#[test]
fn bytes_without_a_length_are_surplus() {
    let capture = Capture::open(Answer::Text).unwrap();
    let answer = send(&capture, b"DELETE / HTTP/1.1\r\nHost: x\r\n\r\nunframed");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let arrivals = capture.close().arrivals;
    assert_eq!(arrivals[0].surplus, b"unframed");
    assert_eq!(arrivals[0].broken, None);
}

#[test]
fn several_clients_at_once_and_one_that_says_nothing() {
    let capture = Capture::open(Answer::Text).unwrap();
    let silent = connect(&capture);
    thread::scope(|scope| {
        for client in 0..8 {
            let capture = &capture;
            scope.spawn(move || {
                send(capture, format!("GET /{client} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes())
            });
        }
    });
    drop(silent);
    let mut paths: Vec<u8> =
        capture.close().arrivals.iter().map(|arrival| arrival.bytes[5]).collect();
    paths.sort_unstable();
    assert_eq!(paths, b"01234567");
}

#[test]
fn a_client_that_hangs_does_not_keep_the_port() {
    let capture = Capture::open(Answer::Text).unwrap();
    let port = capture.port();
    let mut stream = connect(&capture);
    stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    let started = Instant::now();
    let arrivals = capture.close().arrivals;
    assert!(started.elapsed() < 3 * GRACE);
    assert_eq!(arrivals[0].broken, Some(Broken::HeadCut));
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(), "the port is still open");
}

#[test]
fn some_messages_are_answered_with_bytes_that_are_not_utf_8() {
    let capture = Capture::open(Answer::Bytes).unwrap();
    let mut stream = connect(&capture);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.ends_with(b"Content-Length: 6\r\n\r\nok \xff\xc3\n"));
    let is_bytes = |number: &u32| Answer::to(number.to_string().as_bytes()) == Answer::Bytes;
    let count = (0..300).filter(is_bytes).count();
    assert!((60..140).contains(&count), "{count}");
}
