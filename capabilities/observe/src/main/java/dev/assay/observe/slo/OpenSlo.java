package dev.assay.observe.slo;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of OpenSLO v1 documents (https://github.com/OpenSLO/OpenSLO), as far as Assay evaluates
 * them.
 */
final class OpenSlo {

  private OpenSlo() {}

  @Doc("A document of kind SLO.")
  record SloFile(
      @Key("apiVersion") String apiVersion,
      String kind,
      Metadata metadata,
      SloSpec spec,
      Place place) {}

  @Doc("A document of kind SLI.")
  record SliFile(
      @Key("apiVersion") String apiVersion,
      String kind,
      Metadata metadata,
      IndicatorSpec spec,
      Place place) {}

  @Doc("A document of kind DataSource.")
  record DataSourceFile(
      @Key("apiVersion") String apiVersion,
      String kind,
      Metadata metadata,
      DataSourceSpec spec,
      Place place) {}

  @Doc("Where data comes from.")
  record DataSourceSpec(
      @Nullable String description,
      String type,
      @Key("connectionDetails") Map<String, Json> connectionDetails) {}

  @Doc("What it is called.")
  record Metadata(
      String name,
      @Key("displayName") @Nullable String displayName,
      Map<String, Json> labels,
      Map<String, Json> annotations,
      Place place) {}

  @Doc("What is promised.")
  record SloSpec(
      @Nullable String description,
      @Default("") String service,
      @Nullable Indicator indicator,
      @Key("indicatorRef") @Nullable String indicatorRef,
      @Key("timeWindow") List<TimeWindow> timeWindow,
      @Key("budgetingMethod") String budgetingMethod,
      List<Objective> objectives,
      @Key("alertPolicies") List<Json> alertPolicies,
      Place place) {}

  @Doc("What is measured, written in the objective itself.")
  record Indicator(@Nullable Metadata metadata, IndicatorSpec spec, Place place) {}

  @Doc("What is measured.")
  record IndicatorSpec(
      @Nullable String description,
      @Key("ratioMetric") @Nullable RatioMetric ratioMetric,
      @Key("thresholdMetric") @Nullable MetricHolder thresholdMetric,
      Place place) {}

  @Doc("How many of all are good.")
  record RatioMetric(
      @Default("false") boolean counter,
      @Nullable MetricHolder good,
      @Nullable MetricHolder bad,
      @Nullable MetricHolder total,
      @Nullable MetricHolder raw,
      @Key("rawType") @Nullable String rawType,
      Place place) {}

  @Doc("A metric.")
  record MetricHolder(@Key("metricSource") MetricSource metricSource, Place place) {}

  @Doc("Where a metric comes from.")
  record MetricSource(
      @Key("metricSourceRef") @Nullable String metricSourceRef,
      @Nullable String type,
      Map<String, Json> spec,
      Place place) {}

  @Doc("Over which time.")
  record TimeWindow(
      String duration,
      @Key("isRolling") @Default("false") boolean isRolling,
      @Nullable CalendarWindow calendar,
      Place place) {}

  @Doc("A window that begins with the calendar.")
  record CalendarWindow(
      @Key("startTime") String startTime, @Key("timeZone") String timeZone, Place place) {}

  @Doc("How much is promised.")
  record Objective(
      @Key("displayName") @Nullable String displayName,
      @Nullable String op,
      @Nullable Double value,
      @Nullable Double target,
      @Key("targetPercent") @Nullable Double targetPercent,
      @Key("timeSliceTarget") @Nullable Double timeSliceTarget,
      @Key("timeSliceWindow") @Nullable String timeSliceWindow,
      Place place) {}
}
