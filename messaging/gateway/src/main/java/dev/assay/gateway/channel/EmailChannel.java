package dev.assay.gateway.channel;

import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.ChannelListener;
import dev.assay.gateway.Message;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * E-mail by SMTP: each message over a connection of its own, so that the relay's answer is that
 * message's. With markup it is sent as HTML with a plain text beside it. The id of a message is its
 * Message-ID, by which relays and people see what came twice. Thread-safe.
 */
final class EmailChannel implements Channel {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofMinutes(1);

  private final String name;
  private final Server server;
  private final InternetAddress from;
  private final dev.assay.api.spi.Clock clock;
  private final Session session;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Unanswered unanswered = new Unanswered();

  /** How a connection is protected. */
  enum Security {
    /** By STARTTLS, or there is none. */
    STARTTLS,
    /** From the first byte. */
    TLS,
    /** Not at all. */
    NONE
  }

  /**
   * A relay.
   *
   * @param user who signs in; null for nobody
   * @param password his
   * @param trust makes protected sockets that trust the relay's authority; null for the usual ones
   * @param timeout how long to wait for any of its answers
   */
  record Server(
      String host,
      int port,
      Security security,
      @Nullable String user,
      @Nullable Secret password,
      @Nullable SSLSocketFactory trust,
      Duration timeout) {}

  /**
   * A channel.
   *
   * @param from the sender where a message names none
   * @throws IllegalArgumentException where that is no address
   */
  EmailChannel(String name, Server server, String from, dev.assay.api.spi.Clock clock) {
    this.name = name;
    this.server = server;
    this.clock = clock;
    try {
      this.from = new InternetAddress(from, true);
    } catch (AddressException wrong) {
      throw new IllegalArgumentException("'" + from + "' is no e-mail address", wrong);
    }
    this.session = Session.getInstance(properties(server));
  }

  private static Properties properties(Server server) {
    String millis = Long.toString(server.timeout().toMillis());
    Properties all = new Properties();
    all.put("mail.smtp.host", server.host());
    all.put("mail.smtp.port", Integer.toString(server.port()));
    all.put("mail.smtp.connectiontimeout", millis);
    all.put("mail.smtp.timeout", millis);
    all.put("mail.smtp.writetimeout", millis);
    all.put("mail.smtp.auth", Boolean.toString(server.user() != null));
    all.put("mail.smtp.ssl.checkserveridentity", "true");
    all.put("mail.smtp.quitwait", "false");
    all.put("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
    all.put(
        "mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
    all.put("mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
    SSLSocketFactory trust = server.trust();
    if (trust != null) {
      all.put("mail.smtp.ssl.socketFactory", trust);
    }
    return all;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "email";
  }

  @Override
  public int most() {
    return 8;
  }

  @Override
  public void listen(ChannelListener listener) {
    // a relay that took a message tells nothing more over SMTP
  }

  @Override
  public CompletableFuture<Answer> send(Message message) {
    Unanswered.Flight flight = unanswered.begin();
    workers.execute(() -> {
      Answer came = new Answer.InDoubt("it failed unforeseen");
      try {
        came = deliver(message);
      } finally {
        flight.land(came);
      }
    });
    return flight.answer();
  }

  private Answer deliver(Message message) {
    MimeMessage mail;
    try {
      mail = compose(message);
    } catch (AddressException wrong) {
      return new Answer.Rejected("address", "that is no e-mail address");
    } catch (MessagingException | IllegalArgumentException wrong) {
      return new Answer.Rejected("message", "it cannot be written as e-mail");
    }
    Transport transport;
    try {
      transport = session.getTransport("smtp");
    } catch (MessagingException impossible) {
      throw new IllegalStateException("the library speaks SMTP", impossible);
    }
    try {
      Secret password = server.password();
      transport.connect(
          server.host(), server.port(), server.user(), password == null ? null : password.reveal());
      return hand(transport, mail);
    } catch (AuthenticationFailedException refused) {
      return new Answer.Again(LATER, Answer.Cause.UNAVAILABLE, "the relay refuses the account");
    } catch (MessagingException broken) {
      return new Answer.Again(SOON, Answer.Cause.UNAVAILABLE, "the relay cannot be reached");
    } finally {
      end(transport);
    }
  }

  private static void end(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException broken) {
      // what the relay answered counts, not how it says good-bye
    }
  }

  private static Answer hand(Transport transport, MimeMessage mail) throws MessagingException {
    String id = mail.getMessageID();
    Address[] recipients = mail.getAllRecipients();
    try {
      transport.sendMessage(mail, recipients);
      return new Answer.Accepted(List.of(id));
    } catch (MessagingException refused) {
      int code = code(refused);
      if (code >= 500) {
        return new Answer.Rejected(Integer.toString(code), "the relay answered " + code);
      }
      if (code == 421) {
        return new Answer.Again(SOON, Answer.Cause.UNAVAILABLE, "the relay answered 421");
      }
      if (code >= 400) {
        return new Answer.Again(LATER, Answer.Cause.THROTTLED, "the relay answered " + code);
      }
      return new Answer.InDoubt("the relay did not answer");
    }
  }

  /** The reply code that is behind an exception, or 0. */
  private static int code(MessagingException refused) {
    int code = 0;
    Exception each = refused;
    while (each instanceof MessagingException messaging) {
      code =
          switch (messaging) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> Math.max(code, send.getReturnCode());
            default -> code;
          };
      each = messaging.getNextException();
    }
    return code;
  }

  private MimeMessage compose(Message message) throws MessagingException {
    MimeMessage mail = new NamedMail(session, "<" + message.id() + "@" + domain() + ">");
    Address sender =
        message.from().contains("@") ? new InternetAddress(message.from(), true) : from;
    mail.setFrom(sender);
    mail.setRecipient(
        jakarta.mail.Message.RecipientType.TO, new InternetAddress(message.to(), true));
    Map<String, String> more = message.properties();
    RichText text = RichText.of(message);
    String plain = text.plain();
    mail.setSubject(
        more.getOrDefault("subject", firstLine(plain)).replaceAll("[\\r\\n]+", " "),
        StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(clock.now()));
    mail.setHeader("Auto-Submitted", "auto-generated");
    if ("markup".equals(more.get("format"))) {
      MimeBodyPart bare = new MimeBodyPart();
      bare.setText(plain, StandardCharsets.UTF_8.name());
      MimeBodyPart page = new MimeBodyPart();
      page.setText(text.html(), StandardCharsets.UTF_8.name(), "html");
      mail.setContent(new MimeMultipart("alternative", bare, page));
    } else {
      mail.setText(plain, StandardCharsets.UTF_8.name());
    }
    mail.saveChanges();
    return mail;
  }

  private String domain() {
    String address = from.getAddress();
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > 78 ? line.substring(0, 77) + "…" : line;
  }

  /** A mail that keeps the id that it is given. */
  private static final class NamedMail extends MimeMessage {
    private final String id;

    NamedMail(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  @Override
  public void close() {
    unanswered.close();
    workers.shutdownNow();
  }
}
