/**
 * Profile: looks at the services of a run while a check measures, and emits what they used and
 * where they spent it: processor, memory, threads, garbage collection, stacks, SQL statements.
 *
 * <p>This package holds the configuration, the observer and the emission of evidence. {@code
 * process} reads {@code /proc}, {@code perfdata} the counters of a JVM, {@code flight} drives and
 * reads its flight recorder, {@code sql} asks PostgreSQL. These four know nothing of each other nor
 * of this package, and none of all five how evidence is judged or shown, nor any other capability.
 *
 * <p>The usual change: a new reading goes into {@link dev.assay.profile.process.ServiceReading} or
 * {@link dev.assay.profile.perfdata.JvmReading}, into {@link dev.assay.profile.ProfileMetrics}, and
 * is emitted by {@link dev.assay.profile.Sampler}.
 */
@NullMarked
package dev.assay.profile;

import org.jspecify.annotations.NullMarked;
