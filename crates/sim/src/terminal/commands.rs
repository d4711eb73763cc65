//! Polls, and what the terminal does with commands.

use terminal::{pin::Pin, table::attlog::AttLine};

use super::{
    device::VirtualTerminal,
    wire::{self, LinkError},
};

impl VirtualTerminal {
    /// Asks for commands, carries them out and reports their results. Returns the commands as received, without their ids.
    ///
    /// # Errors
    /// [`LinkError`] if the server is not there or refuses.
    pub async fn poll(&mut self) -> Result<Vec<String>, LinkError> {
        let info = self.info().map(|info| format!("&INFO={}", info.replace(' ', "%20"))).unwrap_or_default();
        let reply = wire::get(self.server, &self.target("getrequest", &info)).await?;
        let text = self.keep_time(reply).accepted()?;
        let mut done = Vec::new();
        let mut results = String::new();
        for line in text.lines() {
            // Anything without id is ignored, silently, as by real firmware.
            let Some((id, command)) = line.strip_prefix("C:").and_then(|rest| rest.split_once(':')) else {
                continue;
            };
            results.push_str(&self.obey(id, command).await?);
            done.push(command.to_owned());
        }
        if !results.is_empty() {
            let target = self.target("devicecmd", "");
            let reply = wire::post(self.server, &target, &results).await?;
            self.keep_time(reply).acknowledged()?;
        }
        Ok(done)
    }

    /// Carries out one command; returns the line to report.
    async fn obey(&mut self, id: &str, command: &str) -> Result<String, LinkError> {
        let word = command.split([' ', '\t']).next().unwrap_or_default();
        let done = |code: i32| format!("ID={id}&Return={code}&CMD={word}\n");
        if let Some(fields) =
            command.strip_prefix("DATA UPDATE USERINFO ").or(command.strip_prefix("DATA USER "))
        {
            let Ok(pin) = Pin::parse(field(fields, "PIN").unwrap_or_default()) else { return Ok(done(-1)) };
            self.users.insert(pin, field(fields, "Name").unwrap_or_default().to_owned());
            return Ok(done(0));
        }
        if let Some(fields) =
            command.strip_prefix("DATA DELETE USERINFO ").or(command.strip_prefix("DATA DEL_USER "))
        {
            let pin = Pin::parse(field(fields, "PIN").unwrap_or_default()).ok();
            let known = pin.is_some_and(|pin| self.users.remove(&pin).is_some());
            return Ok(done(if known { 0 } else { -10 }));
        }
        if let Some(fields) = command.strip_prefix("DATA QUERY ATTLOG ") {
            let wanted: Vec<usize> = self.span(fields);
            for chunk in wanted.chunk_by(|a, b| a + 1 == *b) {
                if let [first, .., last] | [first @ last] = chunk {
                    self.send_punches(*first..*last + 1).await?;
                }
            }
            return Ok(done(0));
        }
        if let Some(fields) = command.strip_prefix("VERIFY SUM ATTLOG ") {
            let (from, to) = (field(fields, "StartTime"), field(fields, "EndTime"));
            let count = self.span(fields).len();
            return Ok(format!(
                "ID={id}&Return=0&CMD=VERIFY SUM&StartTime={}&EndTime={}&AttlogSum={count}\n",
                from.unwrap_or_default(),
                to.unwrap_or_default()
            ));
        }
        match command {
            "LOG" => {
                self.upload().await?;
                Ok(done(0))
            }
            "CHECK" | "RELOAD OPTIONS" => {
                self.handshake().await?;
                self.upload().await?;
                Ok(done(0))
            }
            "INFO" => Ok(format!(
                "ID={id}&Return=0&CMD=INFO\n~DeviceName={}\nFWVersion={}\nUserCount={}\nTransactionCount={}\n",
                self.profile.name,
                self.profile.firmware,
                self.users.len(),
                self.records.len()
            )),
            "REBOOT" => {
                self.options = None;
                Ok(done(0))
            }
            _ => Ok(done(-1002)),
        }
    }

    /// The records of a span, by the text form of their times.
    fn span(&self, fields: &str) -> Vec<usize> {
        let (from, to) = (field(fields, "StartTime").unwrap_or(""), field(fields, "EndTime").unwrap_or("9"));
        let within = |punch: &AttLine| {
            let at = punch.local.strftime("%Y-%m-%d %H:%M:%S").to_string();
            from <= at.as_str() && at.as_str() <= to
        };
        self.records.iter().enumerate().filter(|(_, punch)| within(punch)).map(|(index, _)| index).collect()
    }
}

/// The value under `key` in TAB-separated fields.
fn field<'a>(fields: &'a str, key: &str) -> Option<&'a str> {
    fields.split('\t').filter_map(|f| f.split_once('=')).find(|(k, _)| *k == key).map(|(_, value)| value)
}
