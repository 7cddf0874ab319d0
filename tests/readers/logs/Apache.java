import java.nio.charset.StandardCharsets;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Writes what Apache HttpClient logs of requests to the port that is named. */
public class Apache {
    public static void main(String[] arguments) throws Exception {
        String host = "http://127.0.0.1:" + arguments[0];
        byte[] all = new byte[256];
        for (int at = 0; at < 256; at++) {
            all[at] = (byte) at;
        }
        HttpPost form = new HttpPost(host + "/a?x='1'");
        form.setEntity(new ByteArrayEntity("a=1&b='\"\\[x]".getBytes(), ContentType.APPLICATION_FORM_URLENCODED));
        HttpPut json = new HttpPut(host + "/b");
        byte[] text = "{\"\u00e9\": \"\\n\"}\r\n\ttab\nGET / HTTP/1.1\n".getBytes(StandardCharsets.UTF_8);
        json.setEntity(new ByteArrayEntity(text, ContentType.APPLICATION_JSON));
        HttpPost bytes = new HttpPost(host + "/c");
        bytes.setEntity(new ByteArrayEntity(all, ContentType.APPLICATION_OCTET_STREAM));
        HttpUriRequest[] requests = {form, json, bytes, new HttpGet(host + "/d")};
        try (CloseableHttpClient client = HttpClients.createDefault()) {
            for (HttpUriRequest request : requests) {
                request.setHeader("X-Quoted", "a\"b'c\\d");
                EntityUtils.consume(client.execute(request).getEntity());
            }
        }
    }
}
