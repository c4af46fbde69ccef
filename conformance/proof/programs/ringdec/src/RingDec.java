import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacks rings: literals and copies from the last 64 bytes. Code 0..127: that many literals + 1; 128..255: copy (length, back). */
public final class RingDec {
  private final byte[] ring = new byte[64];
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int filled;

  static final class BadInput extends Exception {
    BadInput(String message) {
      super(message);
    }
  }

  private void put(byte value) {
    ring[at] = value;
    at = (at + 1) % ring.length;
    if (filled < ring.length) filled++;
    out.append((char) (value & 0xff));
  }

  private void copy(int length, int back) throws BadInput {
    if (back == 0) throw new BadInput("a copy of nothing");
    if (back > filled && filled < ring.length) throw new BadInput("a copy from before the start");
    int from = at - back;
    if (from < 0) from += ring.length;
    for (int i = 0; i < length; i++) {
      put(ring[from]);
      from = (from + 1) % ring.length;
    }
  }

  String decode(byte[] data) throws BadInput {
    if (data.length < 2 || data[0] != 'R' || data[1] != 'D') throw new BadInput("not a ring");
    int p = 2;
    while (p < data.length && out.length() < 10_000) {
      int code = data[p++] & 0xff;
      if (code < 128) {
        if (code + 1 > data.length - p) throw new BadInput("cut off");
        for (int i = 0; i <= code; i++) put(data[p++]);
      } else {
        if (p >= data.length) throw new BadInput("cut off");
        copy(code - 125, data[p++] & 0xff);
      }
    }
    return out.toString();
  }

  private static String shown(String text) {
    StringBuilder safe = new StringBuilder();
    for (char c : text.toCharArray()) safe.append(c >= ' ' && c < 127 ? String.valueOf(c) : String.format("<%02x>", (int) c));
    return safe.toString();
  }

  public static void main(String[] args) throws IOException {
    byte[] data = Files.readAllBytes(Path.of(args[0]));
    RingDec decoder = new RingDec();
    try {
      String text = decoder.decode(data);
      System.out.println(shown(text));
      System.out.println(text.getBytes(StandardCharsets.ISO_8859_1).length + " bytes, ring holds " + decoder.filled);
    } catch (BadInput bad) {
      System.out.println("ringdec: " + bad.getMessage());
      System.exit(1);
    }
  }
}
