package dev.assay.network.proxy;

/**
 * What a proxy has carried since it was opened. Immutable.
 *
 * @param connections that were accepted; of UDP, clients that were heard of
 * @param open connections now
 * @param failed connections that the upstream server did not take
 * @param resets connections that the proxy reset
 * @param forgotten connections that were idle for too long
 * @param stalled directions that stalled at a packet that was too large
 * @param bytesUp payload bytes handed to the server
 * @param bytesDown payload bytes handed to clients
 * @param datagramsUp datagrams handed to the server
 * @param datagramsDown datagrams handed to clients
 * @param dropped datagrams that were lost on the link
 * @param duplicated datagrams that arrived once more
 */
public record ProxyStatistics(
    long connections,
    long open,
    long failed,
    long resets,
    long forgotten,
    long stalled,
    long bytesUp,
    long bytesDown,
    long datagramsUp,
    long datagramsDown,
    long dropped,
    long duplicated) {}
