package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that says where alerts go: Alertmanager's own, with {@code dependencies}, {@code
 * maintenance} and {@code escalation} beside. Ways of reaching people that Assay does not have are
 * read and told of, so that a file can be taken over.
 *
 * @param global what holds for all
 * @param templates files of templates; not used
 * @param route the outermost route
 * @param receivers who is told
 * @param inhibitRules what keeps what quiet
 * @param timeIntervals parts of the calendar by name
 * @param muteTimeIntervals the same by the older key
 * @param dependencies the services that a service depends on
 * @param maintenance planned times of quiet
 * @param tracing not used
 * @param place where it is written
 */
@Doc("The routing of alerts, in the form of Alertmanager's file.")
public record AlertingFile(
    Map<String, Json> global,
    List<String> templates,
    RouteEntry route,
    List<ReceiverEntry> receivers,
    @Key("inhibit_rules") List<InhibitEntry> inhibitRules,
    @Key("time_intervals") List<NamedIntervals> timeIntervals,
    @Key("mute_time_intervals") List<NamedIntervals> muteTimeIntervals,
    @Doc("The services that a service depends on: their outage keeps its alerts quiet.")
        Map<String, List<String>> dependencies,
    @Doc("Planned times of quiet.") List<MaintenanceEntry> maintenance,
    @Doc("Where Alertmanager sends its traces; not used.") Map<String, Json> tracing,
    Place place) {

  /** A route; what is not written is as in the one around it. */
  @Doc("A route; what is not written is as in the one around it.")
  public record RouteEntry(
      @Nullable String receiver,
      @Key("group_by") @Nullable List<String> groupBy,
      @Key("group_wait") @Nullable String groupWait,
      @Key("group_interval") @Nullable String groupInterval,
      @Key("repeat_interval") @Nullable String repeatInterval,
      List<String> matchers,
      Map<String, String> match,
      @Key("match_re") Map<String, String> matchRe,
      @Key("continue") @Default("false") boolean goesOn,
      @Key("mute_time_intervals") List<String> muteTimeIntervals,
      @Key("active_time_intervals") List<String> activeTimeIntervals,
      @Doc("Who else is told while nobody acknowledges.") List<EscalationEntry> escalation,
      List<RouteEntry> routes,
      Place place) {}

  /** Who else is told while nobody acknowledges. */
  @Doc("Who else is told while nobody acknowledges.")
  public record EscalationEntry(String after, String receiver, Place place) {}

  /** Who is told, by how many ways there are. */
  @Doc("Who is told, and how.")
  public record ReceiverEntry(
      String name,
      @Key("webhook_configs") List<Json> webhook,
      @Key("slack_configs") List<Json> slack,
      @Key("pagerduty_configs") List<Json> pagerduty,
      @Key("email_configs") List<Json> email,
      @Doc("Messages through Assay's gateway.") @Key("gateway_configs") List<Json> gateway,
      @Key("opsgenie_configs") List<Json> opsgenie,
      @Key("victorops_configs") List<Json> victorops,
      @Key("pushover_configs") List<Json> pushover,
      @Key("wechat_configs") List<Json> wechat,
      @Key("sns_configs") List<Json> sns,
      @Key("telegram_configs") List<Json> telegram,
      @Key("webex_configs") List<Json> webex,
      @Key("discord_configs") List<Json> discord,
      @Key("msteams_configs") List<Json> msteams,
      @Key("msteamsv2_configs") List<Json> msteams2,
      @Key("jira_configs") List<Json> jira,
      @Key("rocketchat_configs") List<Json> rocketchat,
      @Key("incidentio_configs") List<Json> incidentio,
      @Key("mattermost_configs") List<Json> mattermost,
      Place place) {

    /** How many ways it has that Assay does not know. */
    public int unknownWays() {
      return opsgenie.size()
          + victorops.size()
          + pushover.size()
          + wechat.size()
          + sns.size()
          + telegram.size()
          + webex.size()
          + discord.size()
          + msteams.size()
          + msteams2.size()
          + jira.size()
          + rocketchat.size()
          + incidentio.size()
          + mattermost.size();
    }
  }

  /** What keeps what quiet. */
  @Doc("While an alert like the source lasts, those like the target are quiet.")
  public record InhibitEntry(
      @Key("source_matchers") List<String> sourceMatchers,
      @Key("target_matchers") List<String> targetMatchers,
      @Key("source_match") Map<String, String> sourceMatch,
      @Key("source_match_re") Map<String, String> sourceMatchRe,
      @Key("target_match") Map<String, String> targetMatch,
      @Key("target_match_re") Map<String, String> targetMatchRe,
      List<String> equal,
      Place place) {}

  /** Parts of the calendar under a name. */
  @Doc("Parts of the calendar under a name.")
  public record NamedIntervals(
      String name, @Key("time_intervals") List<Interval> timeIntervals, Place place) {}

  /** A part of the calendar. */
  @Doc("A part of the calendar.")
  public record Interval(
      List<TimeRange> times,
      List<String> weekdays,
      @Key("days_of_month") List<String> daysOfMonth,
      List<String> months,
      List<String> years,
      @Nullable String location,
      Place place) {}

  /** Times of a day. */
  @Doc("Times of a day.")
  public record TimeRange(@Key("start_time") String startTime, @Key("end_time") String endTime) {}

  /** A planned time of quiet. */
  @Doc("A planned time of quiet.")
  public record MaintenanceEntry(
      List<String> matchers,
      String starts,
      String ends,
      @Default("") String comment,
      Place place) {}
}
