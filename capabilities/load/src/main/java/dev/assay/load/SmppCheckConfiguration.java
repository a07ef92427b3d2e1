package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Template;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How load on a message centre is written. Immutable.
 *
 * @param to host and port
 * @param account the system id of the binds
 * @param password of the account
 * @param rate messages a second over all sessions; null for as many as the windows let through
 * @param duration how long it is measured
 * @param warmUp how long before that
 * @param sessions how many are bound
 * @param window how many submits of a session may be unanswered
 * @param receipts whether receipts are asked for
 * @param from the sender of the messages
 * @param destination what the destinations begin with; eight digits are counted up behind it
 * @param text what each says
 * @param tls how connections are secured; null for not
 * @param iOwnThisTarget whether more than 50/s may go to another machine
 * @param place where it stands
 */
@Doc("Messages to a message centre over SMPP, latency from the moment each was due.")
public record SmppCheckConfiguration(
    @Doc("The message centre, as host:port, such as 127.0.0.1:${port.provider}.") Template to,
    @Doc("The system id of the binds.") @Default("user") Template account,
    @Doc("Its password.") @Default("secret") Template password,
    @Doc(
            "Messages a second over all sessions, whatever the answers do. Without it, as many as the"
                + " windows let through.")
        @Nullable Rate rate,
    @Key("for") @Doc("How long it is measured.") @Default("10s") Duration duration,
    @Doc("How long before that, in no statistic.") @Default("0s") Duration warmUp,
    @Doc("How many sessions are bound, as transceivers.") @Default("1") int sessions,
    @Doc("How many submits of a session may be unanswered.") @Default("50") int window,
    @Doc("Whether receipts are asked for, and measured.") @Default("false") boolean receipts,
    @Doc("The sender.") @Default("Assay") Template from,
    @Doc(
            "What destinations begin with; eight digits are counted up behind it, from where the seed"
                + " of the run says.")
        @Default("4477")
        Template destination,
    @Doc("What each message says; it must fit into one part.")
        @Default("The quick brown fox jumps over the lazy dog 0123456789")
        Template text,
    @Doc("Certificates, where the centre speaks TLS.") @Nullable SmppTls tls,
    @Doc("Whether more than 50/s may go to a machine that is not this one.") @Default("false")
        boolean iOwnThisTarget,
    Place place) {

  /**
   * Certificates as PEM files, relative to the workspace. Immutable.
   *
   * @param trust who vouches for the centre; null for whom Java trusts
   * @param certificate shown to the centre, or null
   * @param key of that certificate
   */
  @Doc("Certificates as PEM files, relative to the workspace.")
  public record SmppTls(
      @Doc("Who vouches for the centre, where that is nobody whom Java trusts.")
          @Nullable String trust,
      @Doc("The certificate that the centre is shown.") @Nullable String certificate,
      @Doc("The key of it, as PKCS 8 without a password.") @Nullable String key) {}

  /** The same for another time. */
  SmppCheckConfiguration lasting(Duration time) {
    return new SmppCheckConfiguration(
        to,
        account,
        password,
        rate,
        time,
        warmUp,
        sessions,
        window,
        receipts,
        from,
        destination,
        text,
        tls,
        iOwnThisTarget,
        place);
  }
}
