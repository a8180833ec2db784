<h1>Healthy teeth in winter</h1>
<p>Cavities and gum disease are common. Learn how a diet with less sugar protects against them.</p>
<p>Read the full article on our <a href="{{ url('/blog') }}">blog</a>.</p>
<p><a href="{{ $unsubscribeUrl }}">Unsubscribe</a></p>
