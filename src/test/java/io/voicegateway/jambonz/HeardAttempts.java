package io.voicegateway.jambonz;

import io.voicegateway.call.Attempts;
import io.voicegateway.call.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what is told at once of how calls go. */
final class HeardAttempts implements Attempts {

  final List<String> told = new ArrayList<>();

  @Override
  public void answered(Call call, boolean dials) {
    told.add(dials ? "dials" : "answered without a dial");
  }

  @Override
  public void failed(String callSid, @Nullable String from, @Nullable String to) {
    told.add("failed " + from + " -> " + to);
  }

  @Override
  public void over(String callSid) {
    told.add("over");
  }
}
