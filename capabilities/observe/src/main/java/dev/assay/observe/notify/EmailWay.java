package dev.assay.observe.notify;

import dev.assay.api.json.Json;
import dev.assay.observe.alert.Notification;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** E-mail by SMTP, with Alertmanager's keys. Mails of one group stand in one thread. */
final class EmailWay {

  private static final String MILLIS = "10000";

  private EmailWay() {}

  static @Nullable String send(
      Notification notification,
      Json.Obj written,
      Map<String, Json> global,
      String external,
      Post reach)
      throws IOException {
    String smarthost = Notifier.need(written, "smarthost", global.get("smtp_smarthost"));
    int colon = smarthost.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("'" + smarthost + "' is no HOST:PORT");
    }
    reach.mayReach(smarthost.substring(0, colon));
    Json user = either(written, "auth_username", global, "smtp_auth_username");
    Json password = either(written, "auth_password", global, "smtp_auth_password");
    Json tls = either(written, "require_tls", global, "smtp_require_tls");
    boolean protectedLine = tls == null || tls.asBool();
    String port = smarthost.substring(colon + 1);
    Properties settings = new Properties();
    settings.put("mail.smtp.host", smarthost.substring(0, colon));
    settings.put("mail.smtp.port", port);
    settings.put("mail.smtp.connectiontimeout", MILLIS);
    settings.put("mail.smtp.timeout", MILLIS);
    settings.put("mail.smtp.writetimeout", MILLIS);
    settings.put("mail.smtp.auth", Boolean.toString(user != null));
    settings.put("mail.smtp.ssl.checkserveridentity", "true");
    settings.put("mail.smtp.ssl.enable", Boolean.toString(port.equals("465")));
    settings.put("mail.smtp.starttls.enable", Boolean.toString(protectedLine));
    settings.put(
        "mail.smtp.starttls.required", Boolean.toString(protectedLine && !port.equals("465")));
    Session session = Session.getInstance(settings);
    try {
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom(new InternetAddress(Notifier.need(written, "from", global.get("smtp_from"))));
      mail.setRecipients(
          Message.RecipientType.TO, InternetAddress.parse(Notifier.need(written, "to", null)));
      mail.setSubject(notification.title(), StandardCharsets.UTF_8.name());
      mail.setSentDate(Date.from(notification.at()));
      mail.setHeader(
          "References",
          "<" + NotificationJson.key(notification).substring(0, 32) + "@assay.invalid>");
      mail.setText(
          NotificationJson.text(notification) + (external.isEmpty() ? "" : "\n\n" + external),
          StandardCharsets.UTF_8.name());
      mail.saveChanges();
      Transport.send(
          mail,
          mail.getAllRecipients(),
          user == null ? null : user.asText(),
          password == null ? null : password.asText());
      return null;
    } catch (MessagingException refused) {
      return "the mail server: " + String.valueOf(refused.getMessage()).strip();
    }
  }

  private static @Nullable Json either(
      Json.Obj written, String name, Map<String, Json> global, String shared) {
    Json own = written.find(name);
    return own == null ? global.get(shared) : own;
  }
}
