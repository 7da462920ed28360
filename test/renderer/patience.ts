/** How long a component test waits for what it expects to see: on a machine under load a second is not enough. */
import { configure } from '@testing-library/svelte';

configure({ asyncUtilTimeout: 20_000 });
