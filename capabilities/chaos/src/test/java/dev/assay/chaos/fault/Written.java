package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import dev.assay.api.value.Share;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults as they are written, without the many keys that they do not have. */
final class Written {

  static final Place HERE = new Place("assay.yaml", 3, 5, "");

  private Written() {}

  static FaultConfiguration nothing() {
    return new FaultConfiguration(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, HERE);
  }

  static FaultConfiguration kill(String service, @Nullable Duration after) {
    return new FaultConfiguration(
        new FaultConfiguration.Ending(service, after, HERE),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        HERE);
  }

  static FaultConfiguration killAndPause(String service) {
    return new FaultConfiguration(
        new FaultConfiguration.Ending(service, null, HERE),
        null,
        new FaultConfiguration.Target(service, HERE),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        HERE);
  }

  static FaultConfiguration pause(String service) {
    return new FaultConfiguration(
        null,
        null,
        new FaultConfiguration.Target(service, HERE),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        HERE);
  }

  static FaultConfiguration.Cpu quota(String service, String share) {
    return new FaultConfiguration.Cpu(null, service, Share.parse(share), HERE);
  }

  static FaultConfiguration.Disk disk(String of, String leave) {
    return new FaultConfiguration.Disk(Template.parse(of), Size.parse(leave), HERE);
  }

  static FaultConfiguration.Dns dns(String service, String... names) {
    return new FaultConfiguration.Dns(service, List.of(names), HERE);
  }
}
