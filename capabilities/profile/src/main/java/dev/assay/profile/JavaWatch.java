package dev.assay.profile;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.profile.flight.AttachException;
import dev.assay.profile.flight.FlightRecording;
import dev.assay.profile.flight.FoldedStacks;
import dev.assay.profile.flight.Jcmd;
import dev.assay.profile.flight.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records one JVM of a service for the time of a check. For one thread. */
final class JavaWatch {

  private static final long LARGEST_KEPT = 256L << 20;

  private final String service;
  private final long pid;
  private final Path folder;
  private final String prefix;
  private final Emission emission;
  private final Jcmd jcmd;
  private final @Nullable FlightRecording recording;
  private final ProfileConfiguration wanted;
  private final Instant from;

  private JavaWatch(
      String service,
      long pid,
      Path folder,
      String prefix,
      Emission emission,
      Jcmd jcmd,
      @Nullable FlightRecording recording,
      ProfileConfiguration wanted) {
    this.service = service;
    this.pid = pid;
    this.folder = folder;
    this.prefix = prefix;
    this.emission = emission;
    this.jcmd = jcmd;
    this.recording = recording;
    this.wanted = wanted;
    this.from = emission.now();
  }

  /**
   * Begins.
   *
   * @param prefix what the names of its artifacts begin with
   * @param recorded whether the JVM was started with a recording of its own, which is then used
   * @return null, with a finding, where the JVM cannot be recorded
   */
  static @Nullable JavaWatch begin(
      String service,
      long pid,
      String prefix,
      boolean recorded,
      ProfileConfiguration wanted,
      CheckContext context,
      Emission emission) {
    try {
      Path folder =
          Files.createDirectories(
              context.scratch().resolve("jvm-" + ProfileWatch.fileName(service) + "-" + pid));
      Jcmd jcmd = Jcmd.of(pid, context.processes(), folder);
      FlightRecording recording =
          recorded
              ? null
              : FlightRecording.start(
                  jcmd,
                  "assay-" + ProfileWatch.fileName(context.check()),
                  new FlightRecording.Settings(
                      wanted.every(),
                      wanted.wants(ProfileConfiguration.Topic.ALLOCATION),
                      wanted.wants(ProfileConfiguration.Topic.LOCKS)),
                  folder);
      return new JavaWatch(service, pid, folder, prefix, emission, jcmd, recording, wanted);
    } catch (AttachException refused) {
      note(service, emission, refused);
    } catch (IOException broken) {
      notKept(service, emission, broken);
    }
    return null;
  }

  private static void note(String service, Emission emission, AttachException refused) {
    emission.note(
        "profile.not-attached",
        service,
        "Java stacks of '"
            + service
            + "' are not recorded, because "
            + refused.why()
            + "; to mend it, "
            + refused.mend());
  }

  private static void notKept(String service, Emission emission, IOException broken) {
    emission.note(
        "profile.not-kept",
        service,
        "the recording of '" + service + "' could not be kept: " + broken.getMessage());
  }

  /** Stops it, reads it, and emits what it says. */
  void end(CheckContext context, EvidenceSink sink) {
    Instant to = emission.now();
    Path file = folder.resolve("recording.jfr");
    FlightRecording own = recording;
    try {
      if (context.cancellation().requested()) {
        if (own != null) {
          own.discard();
        }
        return;
      }
      if (own != null) {
        own.stop(file);
      } else {
        FlightRecording.dump(jcmd, Duration.between(from, to), file);
      }
      keep(RecordingReader.read(file, from, to, context.cancellation()::requested), sink);
      Path copy = folder.resolve("copy.jfr");
      RecordingReader.copy(file, copy);
      if (Files.size(copy) <= LARGEST_KEPT) {
        sink.attach(prefix + "recording.jfr", "application/x-jfr", copy);
      }
      Files.deleteIfExists(file);
      Files.deleteIfExists(copy);
    } catch (AttachException refused) {
      note(service, emission, refused);
    } catch (IOException broken) {
      notKept(service, emission, broken);
    }
  }

  private void keep(RecordingReader.Content content, EvidenceSink sink) throws IOException {
    if (wanted.wants(ProfileConfiguration.Topic.CPU)) {
      keep("cpu", "none", content.cpu(), sink);
      if (content.cpu().total() == 0) {
        emission.note(
            "profile.no-samples",
            service,
            "no thread of process "
                + pid
                + " of '"
                + service
                + "' was running Java code whenever its stacks were sampled");
      }
    }
    if (wanted.wants(ProfileConfiguration.Topic.ALLOCATION)) {
      keep("allocation", "bytes", content.allocation(), sink);
    }
    if (wanted.wants(ProfileConfiguration.Topic.LOCKS)) {
      keep("locks", "ns", content.locks(), sink);
    }
    if (!content.whole()) {
      emission.note(
          "profile.recording-cut",
          service,
          "the recording of '" + service + "' is so long that only its beginning was read");
    }
  }

  private void keep(String topic, String unit, FoldedStacks stacks, EvidenceSink sink)
      throws IOException {
    if (stacks.total() == 0) {
      return;
    }
    Path file = folder.resolve(topic + ".folded");
    stacks.write(file);
    sink.attach(prefix + topic + ".folded", Artifact.FOLDED_STACKS + "; unit=" + unit, file);
  }
}
