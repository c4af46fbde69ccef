import java.io.File;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Prints the entries of a feed: its title, then each entry with its tags; internal entities are as in any document. */
public final class FeedXml {
  private static DocumentBuilder builder() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setIgnoringComments(true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder;
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  private static String shortened(String text) {
    String one = text.replaceAll("\\s+", " ");
    return one.length() > 60 ? one.substring(0, 57) + "..." : one;
  }

  private static void print(Document document) {
    Element feed = document.getDocumentElement();
    System.out.println("== " + shortened(text(feed, "title")));
    NodeList entries = feed.getElementsByTagName("entry");
    for (int i = 0; i < entries.getLength() && i < 100; i++) {
      Element entry = (Element) entries.item(i);
      System.out.println((i + 1) + ". " + shortened(text(entry, "name")) + (entry.hasAttribute("draft") ? " (draft)" : ""));
      String summary = text(entry, "summary");
      if (!summary.isEmpty()) System.out.println("   " + shortened(summary));
      NodeList tags = entry.getElementsByTagName("tag");
      for (int t = 0; t < tags.getLength(); t++) System.out.println("   #" + tags.item(t).getTextContent());
    }
    System.out.println(entries.getLength() + " entries");
  }

  public static void main(String[] args) throws Exception {
    try {
      print(builder().parse(new File(args[0])));
    } catch (SAXException bad) {
      System.out.println("feedxml: not a feed");
      System.exit(1);
    }
  }
}
