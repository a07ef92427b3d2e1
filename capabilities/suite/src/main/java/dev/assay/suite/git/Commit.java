package dev.assay.suite.git;

import java.util.List;

/**
 * One commit.
 *
 * @param hash all of its digits
 * @param parents the hashes of its parents, the first one first
 * @param author the author's name
 * @param email the author's address
 * @param date when it was committed, in ISO 8601
 * @param subject the first line of its message
 * @param files what differs from its first parent, relative to the repository
 */
public record Commit(
    String hash,
    List<String> parents,
    String author,
    String email,
    String date,
    String subject,
    List<String> files) {

  /** Copies the lists. */
  public Commit {
    parents = List.copyOf(parents);
    files = List.copyOf(files);
  }

  /** Enough of the hash to recognise it. */
  public String brief() {
    return hash.substring(0, Math.min(10, hash.length()));
  }
}
