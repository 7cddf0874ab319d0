import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.logging.HttpLoggingInterceptor;

/** Writes what OkHttp logs of requests to the port that is named. */
public class OkHttp {
    public static void main(String[] arguments) throws Exception {
        String host = "http://127.0.0.1:" + arguments[0];
        HttpLoggingInterceptor logging = new HttpLoggingInterceptor(System.out::println);
        logging.setLevel(HttpLoggingInterceptor.Level.BODY);
        OkHttpClient client = new OkHttpClient.Builder().addNetworkInterceptor(logging).build();
        MediaType form = MediaType.get("application/x-www-form-urlencoded");
        MediaType json = MediaType.get("application/json");
        Request[] requests = {
            new Request.Builder().url(host + "/a?x='1'").post(RequestBody.create("a=1&b='\"\\", form)).build(),
            new Request.Builder().url(host + "/b").put(RequestBody.create("{\n  \"\u00e9\": \"\\n\"\n}", json)).build(),
            new Request.Builder().url(host + "/c").delete().build(),
            new Request.Builder().url(host + "/d").header("X-Quoted", "a\"b'c\\d").build(),
        };
        for (Request request : requests) {
            client.newCall(request).execute().close();
        }
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
