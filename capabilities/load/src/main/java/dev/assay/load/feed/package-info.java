/**
 * Data that requests are filled with: records from files and generators, and which record an
 * arrival takes.
 *
 * <p>Records are read or made once, before the start; then a {@link dev.assay.load.feed.Feeder}
 * tells the row of an arrival from its number alone, and {@link dev.assay.load.feed.Records} write
 * a row's value into a request without allocation. So data does not depend on threads, loops or
 * time, and the same seed gives the same data again.
 *
 * <p>Knows no sockets, no clocks, no configuration. The usual change: another generator, in {@link
 * dev.assay.load.feed.Generator}, with its line in {@code docs/load-data.md}.
 */
@NullMarked
package dev.assay.load.feed;

import org.jspecify.annotations.NullMarked;
