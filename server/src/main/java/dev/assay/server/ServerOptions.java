package dev.assay.server;

import dev.assay.api.value.DatabaseUrl;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with. Immutable.
 *
 * @param data the folder of everything it keeps
 * @param listen the address it listens on
 * @param port the port; 0 for a free one
 * @param database PostgreSQL; null for SQLite in the folder
 * @param address how people reach it, such as https://assay.example; null for where it listens
 */
public record ServerOptions(
    Path data,
    InetAddress listen,
    int port,
    @Nullable DatabaseUrl database,
    @Nullable String address) {}
