package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against GreenMail, a mail server; behind a door that adds STARTTLS, which GreenMail lacks. */
class EmailChannelTest extends ChannelKit {

  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private SmtpDoor door;

  @BeforeEach
  void start() {
    mail.start();
    mail.setUser("relay@example.org", "relay", "pass-word");
    door = new SmtpDoor(mail.getSmtp().getPort());
  }

  @AfterEach
  void stop() {
    door.close();
    mail.stop();
  }

  @Override
  URI provider() {
    return URI.create("smtp://localhost:" + door.port() + "/");
  }

  @Override
  Channel channel(URI provider, Duration timeout) {
    return channel(provider, timeout, "pass-word");
  }

  private Channel channel(URI provider, Duration timeout, String password) {
    return new EmailChannel(
        "mail",
        new EmailChannel.Server(
            provider.getHost(),
            provider.getPort(),
            EmailChannel.Security.STARTTLS,
            "relay",
            Secret.of(password),
            door.trust(),
            timeout),
        "Shop <shop@example.org>",
        new SystemClock());
  }

  @Override
  String recipient() {
    return "ada@example.org";
  }

  @Override
  void takes() {
    // as it is
  }

  @Override
  void throttles() {
    door.says("RCPT", "452 4.5.3 too many recipients");
  }

  @Override
  void refuses() {
    door.says("RCPT", "550 5.1.1 no such user");
  }

  @Override
  void ails() {
    door.says("MAIL", "421 4.3.2 shutting down");
  }

  @Override
  void hangs() {
    door.hangsAfter("DATA");
  }

  @Override
  CountDownLatch arrived() {
    return door.arrived();
  }

  @Override
  int came() {
    return door.messages();
  }

  @Override
  boolean dropsDuplicates() {
    return false;
  }

  private MimeMessage received() {
    assertThat(mail.waitForIncomingEmail(60_000, 1)).isTrue();
    return mail.getReceivedMessages()[0];
  }

  @Test
  void aPlainMessageIsPlainText() throws Exception {
    Answer answer = answer(message("Grüße, 5 €\nfrom us", Map.of()));

    MimeMessage got = received();
    assertThat(answer).isEqualTo(new Answer.Accepted(List.of("<m-1@example.org>")));
    assertThat(got.getMessageID()).isEqualTo("<m-1@example.org>");
    assertThat(got.getSubject()).isEqualTo("Grüße, 5 €");
    assertThat(got.getFrom()[0]).hasToString("Shop <shop@example.org>");
    assertThat(got.getContent().toString().replace("\r\n", "\n").strip())
        .isEqualTo("Grüße, 5 €\nfrom us");
    assertThat(door.protectedFrom()).as("signed in after STARTTLS").isEqualTo("EHLO");
  }

  @Test
  void markupIsAPageWithAPlainTextBesideIt() throws Exception {
    answer(
        message(
            "*Hello* [shop](https://example.org/)",
            Map.of("format", "markup", "subject", "Hi\r\nBcc: eve@example.org")));

    MimeMessage got = received();
    MimeMultipart parts = (MimeMultipart) got.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContent().toString().strip())
        .isEqualTo("Hello shop (https://example.org/)");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("<strong>Hello</strong> <a href=\"https://example.org/\">shop</a>");
    assertThat(got.getSubject()).isEqualTo("Hi Bcc: eve@example.org");
    assertThat(got.getAllRecipients()).hasSize(1);
  }

  @Test
  void aRelayThatRefusesTheAccountIsAskedAgainLater() {
    try (Channel wrong = channel(provider(), Duration.ofSeconds(60), "guess")) {
      assertThat(answer(wrong, message("Hello", Map.of())))
          .isInstanceOfSatisfying(
              Answer.Again.class,
              again -> {
                assertThat(again.cause()).isEqualTo(Answer.Cause.UNAVAILABLE);
                assertThat(again.reason()).doesNotContain("guess");
              });
    }
  }

  @Test
  void aRelayWithoutProtectionIsNotTrustedWithAnything() {
    door.withoutTls();

    assertThat(answer(message("Hello", Map.of()))).isInstanceOf(Answer.Again.class);
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void whatIsNoAddressIsRejected() {
    assertThatThrownBy(() ->
            new EmailChannel(
                "mail",
                new EmailChannel.Server(
                    "localhost",
                    1,
                    EmailChannel.Security.NONE,
                    null,
                    null,
                    null,
                    Duration.ofSeconds(1)),
                "nobody at all",
                new SystemClock()))
        .hasMessageContaining("is no e-mail address");
  }
}
