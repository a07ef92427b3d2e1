package dev.assay.core.run;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A service that was started.
 *
 * @param name its name
 * @param process says which process was started last
 * @param command what was started, filled in
 * @param observed what the workspace says for observers, by their names
 */
record RunningService(
    String name, LongSupplier process, List<String> command, Map<String, Record> observed) {}
