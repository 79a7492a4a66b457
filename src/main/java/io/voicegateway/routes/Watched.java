package io.voicegateway.routes;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that operators edit while calls run. */
public interface Watched {

  /**
   * What changes when something is written: times, lengths and the like.
   *
   * @throws IOException when it cannot be seen now
   */
  List<String> stamps() throws IOException;

  /** Something is being written. */
  void editComes();

  /**
   * Takes what is written, unless something is wrong with it.
   *
   * @return what is wrong, null when it is served
   * @throws IOException when it cannot be read now
   */
  @Nullable RejectedEdit look() throws IOException;

  /** Looks after what edits left behind; comes again and again. */
  void tidy();

  /** The edit that is not served, null when what is written is. */
  @Nullable RejectedEdit rejected();
}
