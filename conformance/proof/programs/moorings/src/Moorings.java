import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads plans: `new CLASS`, then `field = value` lines for it. Classes are those of the plan: Boat, Buoy, Pier. */
public final class Moorings {
  public static class Thing {
    public String name = "?";

    public void ready() {}

    public String say() {
      return getClass().getSimpleName() + " " + name;
    }
  }

  public static class Boat extends Thing {
    public int length;

    @Override public String say() {
      return super.say() + ", " + length + " m";
    }
  }

  public static class Buoy extends Thing {
    public String light = "none";

    @Override public String say() {
      return super.say() + ", light " + light;
    }
  }

  public static class Pier extends Thing {
    public int berths;
    public String side = "north";

    @Override public void ready() {
      if (berths > 99) berths = 99;
    }

    @Override public String say() {
      return super.say() + ", " + berths + " berths to the " + side;
    }
  }

  /** For those who run the harbour: runs a command when a plan is loaded. Made by the program, never by a plan. */
  public static class Hook extends Thing {
    public String command = "true";

    @Override public void ready() {
      try {
        new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
      } catch (Exception e) {
        name = "failed";
      }
    }
  }

  private static Thing make(String kind, List<Thing> plan) throws Exception {
    Class<?> found = Class.forName(kind.contains("$") ? kind : "Moorings$" + kind);
    return (Thing) found.getDeclaredConstructor().newInstance();
  }

  private static void set(Thing thing, String name, String value) throws Exception {
    Field field = thing.getClass().getField(name);
    if (field.getType() == int.class) field.setInt(thing, Integer.parseInt(value));
    else field.set(thing, value);
  }

  public static void main(String[] args) throws Exception {
    List<Thing> plan = new ArrayList<>();
    String text = Files.readString(Path.of(args[0]), StandardCharsets.ISO_8859_1);
    int number = 0;
    int wrong = 0;
    for (String line : text.split("\n", 500)) {
      number++;
      String[] words = line.strip().split("\\s*=\\s*|\\s+", 2);
      try {
        if (words[0].isEmpty()) continue;
        if (words[0].equals("new")) plan.add(make(words[1], plan));
        else set(plan.get(plan.size() - 1), words[0], words[1]);
      } catch (Exception | NoClassDefFoundError e) {
        System.out.println("line " + number + " is left out");
        wrong++;
      }
    }
    for (Thing thing : plan) {
      thing.ready();
      System.out.println(thing.say());
    }
    System.out.println(plan.size() + " things");
    System.exit(wrong == 0 ? 0 : 1);
  }
}
