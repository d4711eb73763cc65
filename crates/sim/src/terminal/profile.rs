//! Models of terminals: how their requests and lines look.

use terminal::table::attlog::AttLine;

/// A model.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Model name, told with the options.
    pub name: String,
    /// Firmware version, told with polls.
    pub firmware: String,
    /// Appended to paths: nothing, or `.aspx`.
    pub suffix: &'static str,
    /// What follows `options=all` in the handshake.
    pub hello: &'static str,
    /// Name of the stamp in operation uploads: `Stamp`, or `OpStamp` on some models.
    pub op_stamp: &'static str,
    /// Most lines per upload.
    pub max_lines: usize,
    /// Whether lines have the ten fields of face terminals.
    pub ten_fields: bool,
    /// Line end.
    pub line_end: &'static str,
}

impl Profile {
    /// Solution X100-C, the fingerprint terminal common in Indonesian offices.
    pub fn x100c() -> Self {
        Self {
            name: "X100-C".into(),
            firmware: "Ver 8.0.4.2-20190315".into(),
            suffix: "",
            hello: "&language=69&pushver=2.4.0&DeviceType=middle%20east&PushOptionsFlag=1",
            op_stamp: "OpStamp",
            max_lines: 200,
            ten_fields: false,
            line_end: "\r\n",
        }
    }

    /// A face terminal on the ZAM180 board.
    pub fn zam180() -> Self {
        Self {
            name: "SpeedFace-V5L".into(),
            firmware: "ZAM180-NF50VA-Ver3.4.10".into(),
            suffix: ".aspx",
            hello: "&language=69&pushver=2.4.1&PushOptionsFlag=1",
            op_stamp: "OpStamp",
            max_lines: 500,
            ten_fields: true,
            line_end: "\n",
        }
    }

    /// Firmware so old that it tells no push version.
    pub fn legacy() -> Self {
        Self {
            name: "F18".into(),
            firmware: "Ver 6.60 Oct 23 2012".into(),
            suffix: "",
            hello: "",
            op_stamp: "OpStamp",
            max_lines: 100,
            ten_fields: false,
            line_end: "\n",
        }
    }

    /// A punch as this model writes it, with the line end.
    pub fn line(&self, punch: &AttLine) -> String {
        let number = |n: Option<u16>| n.map(|n| n.to_string()).unwrap_or_default();
        let (pin, local) = (&punch.pin, punch.local.strftime("%Y-%m-%d %H:%M:%S"));
        let (status, verify) = (number(punch.status.or(Some(255))), number(punch.verify.or(Some(1))));
        let workcode = punch.workcode.as_deref();
        let end = self.line_end;
        if self.ten_fields {
            let workcode = workcode.unwrap_or("0");
            format!("{pin}\t{local}\t{status}\t{verify}\t{workcode}\t0\t0\t0\t0\t0\t{end}")
        } else {
            let workcode = workcode.unwrap_or_default();
            format!("{pin}\t{local}\t{status}\t{verify}\t{workcode}\t0\t0\t{end}")
        }
    }
}
