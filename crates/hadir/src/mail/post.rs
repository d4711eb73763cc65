//! Handing a letter to the mail server.

use std::{fs, time::Duration};

use anyhow::Context;
use lettre::{
    Message, SmtpTransport, Transport,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};

use super::{Letter, MailSettings, MailTls};

/// How long the mail server may take for each answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends the letter to all recipients at once. Blocks.
///
/// # Errors
/// An address that is none, a password that cannot be read, or what the mail server said.
pub fn send(settings: &MailSettings, letter: &Letter) -> anyhow::Result<()> {
    let message = message(settings, letter)?;
    let host = &settings.host;
    let tls = match settings.tls {
        MailTls::None => Tls::None,
        MailTls::Tls => Tls::Wrapper(TlsParameters::new(host.clone())?),
        MailTls::Starttls => Tls::Required(TlsParameters::new(host.clone())?),
    };
    let mut transport =
        SmtpTransport::builder_dangerous(host).port(settings.port).tls(tls).timeout(Some(PATIENCE));
    if let Some((user, file)) = &settings.login {
        let password = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        transport = transport.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
    }
    let failed = || format!("the mail server {host}:{} did not take the letter", settings.port);
    transport.build().send(&message).with_context(failed)?;
    Ok(())
}

fn message(settings: &MailSettings, letter: &Letter) -> anyhow::Result<Message> {
    let address =
        |text: &str| text.parse::<Mailbox>().with_context(|| format!("'{text}' is no mail address"));
    let mut message = Message::builder().from(address(&settings.from)?).subject(&letter.subject);
    for to in &settings.to {
        message = message.to(address(to)?);
    }
    let text = SinglePart::plain(letter.body.clone());
    if letter.attachments.is_empty() {
        return Ok(message.singlepart(text)?);
    }
    let mut parts = MultiPart::mixed().singlepart(text);
    for file in &letter.attachments {
        let kind = ContentType::parse(file.kind)?;
        parts = parts.singlepart(Attachment::new(file.name.clone()).body(file.content.clone(), kind));
    }
    Ok(message.multipart(parts)?)
}
