package dev.assay.api.problem;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Why something could not be read, written or reached, in words: what the JDK throws says often
 * only which file, or nothing. Never an address, which may be a secret.
 */
public final class IoReason {

  private IoReason() {}

  /** The reason as half a sentence, to stand behind a colon. */
  public static String of(IOException failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _ -> "it takes too long to connect";
      case HttpTimeoutException _ -> "it takes too long to answer";
      case ConnectException refused -> of(refused);
      case FileSystemException file -> of(file);
      case CharacterCodingException _ -> "it is no text in UTF-8";
      default -> {
        String said = failure.getMessage();
        yield said == null ? "the connection broke" : said;
      }
    };
  }

  private static String of(ConnectException refused) {
    Throwable cause = refused.getCause();
    return cause != null && cause.getCause() instanceof UnresolvedAddressException
        ? "there is no host of that name"
        : "nobody listens there";
  }

  private static String of(FileSystemException failure) {
    String file = failure.getFile();
    String said = failure.getReason();
    return switch (failure) {
      case NoSuchFileException _ when file != null -> missing(Path.of(file));
      case AccessDeniedException _ -> "this user may not use '" + file + "'";
      case FileAlreadyExistsException _ -> "'" + file + "' is there already";
      default -> said == null ? String.valueOf(failure.getMessage()) : said;
    };
  }

  private static String missing(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || Files.isDirectory(folder)
        ? "there is no '" + file + "'"
        : "there is no folder '" + folder + "'";
  }
}
