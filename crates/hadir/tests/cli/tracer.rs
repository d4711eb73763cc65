//! System calls of running processes that fail or take long.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// `strace` at some processes, until it is ended; what hangs then goes on at once.
pub struct Tracer(Child);

impl Tracer {
    /// Injects into the named calls (of only these files, if there are some) of all threads, and of processes begun meanwhile.
    pub fn begin(calls: &str, fault: &str, files: &[PathBuf], processes: &[u32]) -> Tracer {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
        strace.args(["-e", &format!("inject={calls}:{fault}")]);
        for file in files {
            strace.arg("-P").arg(file);
        }
        for process in processes {
            strace.args(["-p", &process.to_string()]);
        }
        let mut child = strace.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        for _ in processes {
            assert!(said.any(|line| line.contains("attached")), "processes may be traced here");
        }
        // What it says of new threads must go somewhere.
        std::thread::spawn(move || said.for_each(drop));
        Tracer(child)
    }

    /// Lets the processes go.
    pub fn end(mut self) {
        Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        self.0.wait().unwrap();
    }
}
