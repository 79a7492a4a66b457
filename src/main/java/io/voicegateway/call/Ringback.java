package io.voicegateway.call;

/** Ringing tones by the ITU's national tables, in FreeSWITCH's notation. */
enum Ringback {
  US("%(2000,4000,440,480)"),
  EU("%(1000,4000,425)"),
  UK("%(400,200,400,450);%(400,2000,400,450)");

  private final String cadence;

  Ringback(String cadence) {
    this.cadence = cadence;
  }

  String tone() {
    return "tone_stream://L=60;" + cadence;
  }
}
