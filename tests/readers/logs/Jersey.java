import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Form;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.logging.LoggingFeature;

/** Writes what Jersey logs of requests to the port that is named. */
public class Jersey {
    public static void main(String[] arguments) {
        LoggingFeature logging = new LoggingFeature(
                Logger.getLogger("http"), Level.INFO, LoggingFeature.Verbosity.PAYLOAD_ANY, 8192);
        Client client = ClientBuilder.newClient().register(logging);
        WebTarget host = client.target("http://127.0.0.1:" + arguments[0]);
        Form form = new Form("a", "1 2").param("b", "'\"\\\u00e9");
        host.path("a").queryParam("x", "'1'").request().post(Entity.form(form)).close();
        String json = "{\n  \"at\": \"2026-01-01T10:00:00Z\"\n}";
        host.path("b").request().header("X-Quoted", "a\"b'c\\d").put(Entity.json(json)).close();
        host.path("c").request().put(Entity.text("one\n\ntwo\n")).close();
        host.path("d").request().get().close();
    }
}
