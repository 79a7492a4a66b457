package io.voicegateway.call;

import java.util.function.Supplier;

/** The rules of transfers as they are now: an operator may edit them while calls run. */
public final class CurrentTransfers implements Supplier<TransferRules> {

  private volatile TransferRules rules;

  CurrentTransfers(TransferRules rules) {
    this.rules = rules;
  }

  @Override
  public TransferRules get() {
    return rules;
  }

  /** Other rules hold from now on. */
  public void become(TransferRules others) {
    rules = others;
  }
}
