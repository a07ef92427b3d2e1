package dev.assay.profile;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a service beyond what its processes use, which is always sampled.
 *
 * @param java whether stacks of its Java processes are recorded
 * @param record what the stacks are of; empty for all
 * @param every how often a stack is sampled
 * @param sql the address of a PostgreSQL database whose statements are counted, or null
 * @param place where it is written
 */
@Doc(
    "What is recorded of a service while a check measures time. What its processes use is always sampled.")
record ProfileConfiguration(
    @Doc("Whether stacks of its Java processes are recorded with the JDK's flight recorder.")
        @Default("true")
        @Shorthand
        boolean java,
    @Doc("What the stacks are of; all of it where nothing is named.") @Shorthand List<Topic> record,
    @Doc("How often the stack of a running thread is sampled, 1 ms to 1 s.") @Default("10ms")
        Duration every,
    @Doc(
            "The address of a PostgreSQL database, postgresql://USER:PASSWORD@HOST:PORT/DATABASE, whose pg_stat_statements is compared before and after. Use a secret.")
        @Nullable Template sql,
    Place place) {

  /** What stacks can be of. */
  enum Topic {
    /** Running. */
    CPU,
    /** Allocating memory. */
    ALLOCATION,
    /** Waiting for a lock. */
    LOCKS
  }

  /** What is used where a service brings a recording of its own and nothing is written. */
  static final ProfileConfiguration BY_DEFAULT =
      new ProfileConfiguration(true, List.of(), Duration.ofMillis(10), null, Place.NONE);

  /** Copies the list. */
  ProfileConfiguration {
    record = List.copyOf(record);
  }

  /** Whether stacks of that are wanted. */
  boolean wants(Topic topic) {
    return java && (record.isEmpty() || record.contains(topic));
  }
}
