package lab.console.chaos.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import lab.console.chaos.fault.NetworkPhase;
import lab.console.chaos.ledger.HistoryLine.NetworkFault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * A client is connected through the proxy to a server that answers each byte with the
 * same byte.
 */
class BrokerProxyTests {

	private ServerSocket server;

	private BrokerProxy proxy;

	private Socket client;

	private volatile int received;

	@BeforeEach
	void connect() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread echo = new Thread(this::accept, "echo");
		echo.setDaemon(true);
		echo.start();
		this.proxy = new BrokerProxy(this.server.getLocalPort());
		this.client = newClient();
		assertThat(echo(1)).isEqualTo(1);
	}

	private Socket newClient() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
		socket.setSoTimeout(60_000);
		return socket;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				Thread thread = new Thread(() -> answer(socket), "echo-connection");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void answer(Socket socket) {
		try (socket) {
			for (int value = socket.getInputStream().read(); value >= 0; value = socket.getInputStream().read()) {
				this.received = value;
				socket.getOutputStream().write(value);
			}
		}
		catch (IOException ex) {
			// the other side has closed it
		}
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.proxy.close();
		this.server.close();
	}

	private int echo(int value) throws IOException {
		this.client.getOutputStream().write(value);
		return this.client.getInputStream().read();
	}

	@Test
	void aNetworkThatIsCutClosesConnectionsAndNewOnes() throws IOException {
		this.proxy.begin(NetworkPhase.CUT);
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		try (Socket another = newClient()) {
			assertThat(another.getInputStream().read()).isEqualTo(-1);
		}
		assertThat(this.proxy.end().connections()).isPositive();
		assertConnectsAgain();
	}

	@Test
	void whatAHalfOpenConnectionHeldBackArrivesAfterwards() throws IOException {
		this.proxy.begin(NetworkPhase.HALF_OPEN);
		this.client.getOutputStream().write(2);
		Awaitility.await().until(() -> this.proxy.bytes() == 1);
		assertThat(this.received).isEqualTo(1);
		assertThat(this.proxy.end()).isEqualTo(new NetworkFault("half-open", 0, 1));
		assertThat(this.client.getInputStream().read()).isEqualTo(2);
	}

	@Test
	void onASlowConnectionEverythingArrives() throws IOException {
		this.proxy.begin(NetworkPhase.SLOW);
		assertThat(echo(2)).isEqualTo(2);
		assertThat(this.proxy.end()).isEqualTo(new NetworkFault("slow", 0, 2));
	}

	@Test
	void aConnectionThatIsResetFails() throws IOException {
		this.proxy.begin(NetworkPhase.RESET);
		assertThatIOException().isThrownBy(() -> this.client.getInputStream().read());
		assertThat(this.proxy.end().connections()).isPositive();
		assertConnectsAgain();
	}

	/**
	 * The phase ends while many connections are being reset.
	 */
	@RepeatedTest(20)
	void aConnectionMadeAfterTheResetsStays() throws IOException {
		List<Socket> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 100; i++) {
				clients.add(this.client);
				assertConnectsAgain();
			}
			this.proxy.begin(NetworkPhase.RESET);
			assertThatIOException().isThrownBy(() -> this.client.getInputStream().read());
			this.proxy.end();
			for (int i = 0; i < 20; i++) {
				clients.add(this.client);
				assertConnectsAgain();
				assertThat(echo(5)).isEqualTo(5);
			}
		}
		finally {
			for (Socket socket : clients) {
				socket.close();
			}
		}
	}

	@Test
	void aConnectionOfWhichAnAnswerIsLostIsClosedAfterwards() throws IOException {
		this.proxy.begin(NetworkPhase.ANSWERS_LOST);
		this.client.getOutputStream().write(2);
		Awaitility.await().until(() -> this.proxy.bytes() == 1);
		assertThat(this.received).isEqualTo(2);
		assertThat(this.proxy.end()).isEqualTo(new NetworkFault("answers-lost", 0, 1));
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		assertConnectsAgain();
	}

	private void assertConnectsAgain() throws IOException {
		this.client = newClient();
		assertThat(echo(4)).isEqualTo(4);
	}

}
