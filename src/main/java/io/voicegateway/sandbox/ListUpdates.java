package io.voicegateway.sandbox;

import java.util.ArrayList;
import java.util.List;
import livekit.LivekitModels.ListUpdate;

/** A change to a list of strings (protocol/livekit, ListUpdate). */
final class ListUpdates {
  private ListUpdates() {}

  static List<String> apply(List<String> values, ListUpdate update) {
    if (update.getClear()) {
      return List.of();
    }
    if (update.getSetCount() > 0) {
      return update.getSetList();
    }
    List<String> changed = new ArrayList<>(values);
    changed.removeAll(update.getRemoveList());
    update.getAddList().stream().filter(added -> !changed.contains(added)).forEach(changed::add);
    return changed;
  }
}
