<p>Hello <?= htmlspecialchars($user['first_name']) ?>,</p>
<p>It is time to refill your <?= htmlspecialchars($rx['drug_name']) ?>. <?php if ($rx['refills'] > 0): ?>You have <?= $rx['refills'] ?> refills left.<?php endif; ?></p>
