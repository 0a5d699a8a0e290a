package lab.console.board;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Leads an address that names nothing to the {@link StartPage}.
 */
@Controller
@RequiredArgsConstructor
class StartController {

	/** The parameters that name what is shown. */
	private static final Set<String> NAMING = Set.of("group", "groups", "replay");

	private final StartPage page;

	@GetMapping("/")
	String start(@RequestParam Map<String, String> parameters) {
		if (this.page == StartPage.GROUPS && Collections.disjoint(parameters.keySet(), NAMING)) {
			return "redirect:" + ServletUriComponentsBuilder.fromCurrentRequest().queryParam("groups").toUriString();
		}
		return "forward:/index.html";
	}

}
