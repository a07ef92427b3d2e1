/**
 * What Assay puts into the JVMs of tests, to see which classes each test class executes: an agent
 * that starts JaCoCo's there, and a listener of the JUnit Platform that asks it after each test
 * class.
 *
 * <p>Runs on Java 8 among other people's classes, so it uses nothing but the JDK and the platform
 * that is there already, and a trouble of its own must never become one of the tests: what cannot
 * be traced is written down as such. Must not know Assay. The usual change is another place where a
 * test JVM is told from a build tool, in {@link dev.assay.suite.listener.TraceAgent}.
 */
@NullMarked
package dev.assay.suite.listener;

import org.jspecify.annotations.NullMarked;
