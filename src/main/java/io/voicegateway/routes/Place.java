package io.voicegateway.routes;

/**
 * Where something stands in the routes folder.
 *
 * @param file its name
 * @param line from 1, 0 for the whole file
 * @param column from 1, 0 for the whole line
 */
record Place(String file, int line, int column) {

  /** Nowhere in particular. */
  static final Place NONE = new Place("", 0, 0);

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
