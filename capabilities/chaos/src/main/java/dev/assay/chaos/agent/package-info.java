/**
 * The agent that runs inside a Java service while a fault shifts its clock or hides names from it.
 * It rewrites calls with the class-file API of the JDK; undoing sets the fault to nothing.
 *
 * <p>Its classes are put into a JAR of their own and run in another process: they know only the
 * JDK, nothing of Assay.
 *
 * <p>The usual change: another call to intercept goes into {@link dev.assay.chaos.agent.Rewriting}.
 */
@NullMarked
package dev.assay.chaos.agent;

import org.jspecify.annotations.NullMarked;
