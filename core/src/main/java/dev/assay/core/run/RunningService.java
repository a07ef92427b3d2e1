package dev.assay.core.run;

import java.util.List;
import java.util.Map;

/**
 * A service that was started.
 *
 * @param name its name
 * @param pid its process
 * @param command what was started, filled in
 * @param observed what the workspace says for observers, by their names
 */
record RunningService(String name, long pid, List<String> command, Map<String, Record> observed) {}
