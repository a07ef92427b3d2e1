/**
 * Tokenizers for hostile bytes: XML, JSON and lines, each as a stream in bounded memory.
 *
 * <p>Whatever the bytes are, a scanner ends; what is wrong with them is a {@link
 * dev.assay.suite.scan.Flaw} with a line and a column, never an exception beside {@link
 * java.io.IOException}. Must not know any report format. A new encoding goes into {@link
 * dev.assay.suite.scan.Encoded}.
 */
@NullMarked
package dev.assay.suite.scan;

import org.jspecify.annotations.NullMarked;
